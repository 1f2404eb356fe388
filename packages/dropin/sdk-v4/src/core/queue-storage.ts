import type { Activity } from '@parley/core'

/** Keeps activities until they are due. */
export abstract class QueueStorage {
  /**
   * @param visibilityTimeout - Seconds until the activity is due.
   * @param timeToLive - Seconds until it is dropped.
   * @returns A receipt of the queue.
   */
  abstract queueActivity(activity: Partial<Activity>, visibilityTimeout?: number, timeToLive?: number): Promise<string>
}
