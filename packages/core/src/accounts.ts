import type { OpenSet, OpenValue } from './open-types.ts'

/** Kinds of account every channel knows. An open set: `agent`, `connectoruser` and others are seen too. */
export const RoleTypes = { User: 'user', Bot: 'bot', Skill: 'skill' } as const
export type RoleTypes = (typeof RoleTypes)[keyof typeof RoleTypes]

/** A user or a bot on a channel. */
export interface ChannelAccount {
  /** Opaque and unique within the channel, e.g. `joe@smith.com`, `29:1abc…`. Compared character by character. */
  id: string
  /** For display. Channels may leave it out. */
  name: string
  /** Object id in Entra ID, when the channel knows it. */
  aadObjectId?: string
  role?: OpenSet<RoleTypes>
  /** Further facts of the channel. */
  properties?: OpenValue
}

/** A conversation on a channel. */
export interface ConversationAccount {
  /** Whether more than two accounts may take part. */
  isGroup: boolean
  /** Teams: `personal`, `groupChat` or `channel`. */
  conversationType: string
  /** The tenant the conversation belongs to, where the channel has tenants. */
  tenantId?: string
  /** Opaque and unique within the channel. Compared character by character. */
  id: string
  name: string
  aadObjectId?: string
  role?: RoleTypes
  /** Further facts of the channel. */
  properties?: OpenValue
}

/** Where a conversation stands: what a bot keeps in order to speak later without being spoken to. Plain JSON. */
export interface ConversationReference {
  /** The activity the reference was taken from; a reply goes below it. */
  activityId?: string
  user?: ChannelAccount
  /** BCP 47 tag, e.g. `en-US`. */
  locale?: string
  bot: ChannelAccount
  conversation: ConversationAccount
  channelId: string
  /** Base address of the channel's connector. */
  serviceUrl: string
}
