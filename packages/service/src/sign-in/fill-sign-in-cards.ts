import type { Logger } from '@parley/core'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { WireAccount, WireActivity } from '../conversations/wire-activity.ts'
import { ApiError } from '../http/api-error.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { SignIns } from './sign-ins.ts'

const OAUTH_CARD = 'application/vnd.microsoft.card.oauth'

type Fields = Readonly<Record<string, unknown>>

/** Where a bot's activity goes. */
export interface FillPlace {
  readonly bot: RegisteredBot
  readonly conversation: ConversationRecord
}

/**
 * Writes the link into the sign-in buttons of OAuth cards that have none: bots leave that to the channel. A card that cannot be
 * filled in, because nobody is there to sign in or the connection does not exist, is passed on as it is, and logged.
 */
export function fillSignInCards(
  activity: WireActivity,
  { bot, conversation }: FillPlace,
  signIns: SignIns,
  logger: Logger,
): WireActivity {
  const { attachments } = activity
  if (!Array.isArray(attachments) || !attachments.some(isUnfilled)) return activity
  const link = (connectionName: string): string | undefined => {
    try {
      return beginFor(userOf(activity, bot, conversation), connectionName)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      logger.warn({ ev: 'service.sign_in_card', appId: bot.appId, err: error }, 'A sign-in card has no link.')
      return undefined
    }
  }
  const beginFor = (user: WireAccount | undefined, connectionName: string): string => {
    if (!user) throw new ApiError(400, 'BadArgument', 'Nobody but the bot takes part in the conversation yet.')
    const { id: conversationId, channelId } = conversation
    return signIns.begin(bot, { connectionName, channelId, conversationId, user }).signInLink
  }
  return { ...activity, attachments: attachments.map((card: unknown) => (isUnfilled(card) ? fill(card, link) : card)) }
}

interface OAuthCard extends Fields {
  readonly content: Fields & { readonly connectionName: string; readonly buttons: readonly unknown[] }
}

function isUnfilled(attachment: unknown): attachment is OAuthCard {
  if (!isObject(attachment) || attachment['contentType'] !== OAUTH_CARD || !isObject(attachment['content']))
    return false
  const { connectionName, buttons } = attachment['content']
  return typeof connectionName === 'string' && Array.isArray(buttons) && buttons.some(hasNoLink)
}

function hasNoLink(button: unknown): button is Fields {
  return isObject(button) && button['type'] === 'signin' && (button['value'] ?? '') === ''
}

function fill(card: OAuthCard, link: (connectionName: string) => string | undefined): OAuthCard {
  const { connectionName, buttons } = card.content
  const value = link(connectionName)
  if (value === undefined) return card
  const filled = buttons.map((button) => (hasNoLink(button) ? { ...button, value } : button))
  return { ...card, content: { ...card.content, buttons: filled } }
}

/** Whom the card is for: in a group the one it is addressed to. */
function userOf(
  { recipient }: WireActivity,
  bot: RegisteredBot,
  { user, members }: ConversationRecord,
): WireAccount | undefined {
  const isUser = recipient && recipient.id !== bot.account.id && members.some(({ id }) => id === recipient.id)
  return isUser ? recipient : user
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
