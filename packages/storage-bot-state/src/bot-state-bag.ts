import { operationUrl } from '@parley/connector'

/** Which bag: what is remembered of a user, of a conversation, or of a user in one conversation, on a channel. */
export type BotStateBag =
  | { readonly scope: 'user'; readonly channelId: string; readonly userId: string }
  | { readonly scope: 'conversation'; readonly channelId: string; readonly conversationId: string }
  | {
      readonly scope: 'private'
      readonly channelId: string
      readonly conversationId: string
      readonly userId: string
    }

/** What a bag holds. */
export interface BotStateData {
  /** JSON; `null`: nothing is stored. */
  readonly data: unknown
  /** The version: opaque; `*`: nothing is stored. */
  readonly eTag: string
}

/**
 * The address of a bag. Ids are encoded, so that they may hold any characters.
 *
 * @throws IdInvalidError `CONNECTOR_ID_INVALID` of `@parley/connector`: an id is empty, `.` or `..`.
 */
export function bagUrl(serviceUrl: string, bag: BotStateBag): string {
  const root = ['v3', 'botstate', ['channelId', bag.channelId]] as const
  const user = (userId: string) => ['users', ['userId', userId]] as const
  if (bag.scope === 'user') return operationUrl(serviceUrl, [...root, ...user(bag.userId)])
  const conversation = ['conversations', ['conversationId', bag.conversationId]] as const
  if (bag.scope === 'conversation') return operationUrl(serviceUrl, [...root, ...conversation])
  return operationUrl(serviceUrl, [...root, ...conversation, ...user(bag.userId)])
}
