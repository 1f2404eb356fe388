import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import type { Activity } from '@parley/core'
import type { TelemetryEnvelope } from './envelope.ts'

/** The activity of the turn that runs, for what is reported in it. */
export const currentActivity: AsyncLocalStorage<Activity> = new AsyncLocalStorage()

/** Adds to an envelope what SDK v4 says of the turn: user, conversation (as a hash, for the session) and activity. */
export function addTurn(envelope: TelemetryEnvelope, activity: Activity | undefined): void {
  if (!activity) return
  const { id, type, channelId, conversation, from } = activity
  const conversationId = conversation?.id ?? ''
  envelope.tags = {
    ...envelope.tags,
    'ai.user.id': `${channelId ?? ''}${from?.id ?? ''}`,
    'ai.session.id': conversationId && createHash('sha256').update(conversationId).digest('base64'),
  }
  const { baseData } = envelope.data
  const turn = { activityId: id ?? '', channelId: channelId ?? '', activityType: type ?? '', conversationId }
  baseData.properties = { ...baseData.properties, ...turn }
}
