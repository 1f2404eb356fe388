import type { PagedResult } from '@parley/core'
import { StorageArgumentError } from '../storage-errors.ts'

/** The most a page holds. */
export const PAGE_SIZE = 20

/** The type says that there is always a next page; callers of v4's time rely on it. */
export function page<T>(items: T[], continuationToken: string | undefined): PagedResult<T> {
  return { items, continuationToken } as PagedResult<T>
}

/** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: a part is missing. */
export function assertChannel(channelId: string): void {
  if (!channelId) throw new StorageArgumentError('Missing channelId')
}

/** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: a part is missing. */
export function assertConversation(channelId: string, conversationId: string): void {
  assertChannel(channelId)
  if (!conversationId) throw new StorageArgumentError('Missing conversationId')
}

/** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: there is nothing to log. */
export function assertActivity(activity: unknown): void {
  if (!activity) throw new StorageArgumentError('activity cannot be null for logActivity()')
}
