import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { ClientTurns } from '../conversations/client-turns.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { WireAccount, WireActivity } from '../conversations/wire-activity.ts'
import { ApiError } from '../http/api-error.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { OAuthConnection } from '../user-tokens/oauth-connection.ts'
import type { SignInUser } from '../user-tokens/sign-in-user.ts'
import type { UserTokens } from '../user-tokens/user-tokens.ts'
import type { SignIn } from './sign-ins.ts'

/** How the result of a sign-in gets back to the chat. */
export type SignInOutcome =
  /** The bot was told. */
  | { readonly kind: 'told' }
  /** The user is signed in, but the bot could not be told. */
  | { readonly kind: 'not-told'; readonly problem: string }
  /** The user has to type the code into the chat. */
  | { readonly kind: 'code'; readonly code: string }

export interface SignInDeliveryServices {
  readonly tokens: UserTokens
  readonly conversations: Conversations
  readonly turns: ClientTurns
}

/** A sign-in that was allowed. */
export interface AllowedSignIn {
  readonly bot: RegisteredBot
  readonly connection: OAuthConnection
  readonly signIn: SignIn
  /** Who signed in at the identity provider. */
  readonly user: SignInUser
  /** Whether the page is open in the browser the chat is in. */
  readonly isSameBrowser: boolean
}

/** The channel that sends the code to the bot by itself. */
const TEAMS = 'msteams'

/**
 * Brings the result of a sign-in to the bot. The token is given at once only when the browser that signed in is the one of the
 * chat; otherwise somebody might have been sent the link of another's chat, so a code has to be carried there. Teams carries it.
 */
export async function deliverSignIn(allowed: AllowedSignIn, services: SignInDeliveryServices): Promise<SignInOutcome> {
  const { bot, connection, signIn, user, isSameBrowser } = allowed
  const owner = { userId: signIn.user.id, connectionName: signIn.connectionName, channelId: signIn.channelId }
  const chat = chatOf(signIn, services.conversations)
  if (!chat) return { kind: 'code', code: services.tokens.hold(bot, owner, user) }
  if (signIn.channelId === TEAMS) {
    const state = services.tokens.hold(bot, owner, user)
    return tell(chat, bot, { type: 'invoke', name: 'signin/verifyState', value: { state } }, signIn, services)
  }
  if (!isSameBrowser) return { kind: 'code', code: services.tokens.hold(bot, owner, user) }
  const value = services.tokens.signIn(bot, connection, owner, user)
  return tell(chat, bot, { type: 'event', name: 'tokens/response', value }, signIn, services)
}

/** Tells the bot, where the channel does that, that the user did not allow it. */
export async function deliverDenial(
  bot: RegisteredBot,
  signIn: SignIn,
  services: SignInDeliveryServices,
): Promise<void> {
  const chat = signIn.channelId === TEAMS ? chatOf(signIn, services.conversations) : undefined
  const value = { code: 'access_denied', message: 'The user did not allow the sign-in.' }
  if (chat) await tell(chat, bot, { type: 'invoke', name: 'signin/failure', value }, signIn, services)
}

interface Chat {
  readonly conversation: ConversationRecord
  readonly user: WireAccount
}

/** The chat the sign-in comes from, while it is one of this service, goes on, and the user takes part in it. */
function chatOf({ conversationId, channelId, user }: SignIn, conversations: Conversations): Chat | undefined {
  const conversation = conversations.get(conversationId)
  const member = conversation?.members.find(({ id }) => id === user.id)
  const isOpen = conversation?.channelId === channelId && conversation.endedAt === undefined
  return member && isOpen ? { conversation, user: member } : undefined
}

async function tell(
  { conversation, user }: Chat,
  bot: RegisteredBot,
  activity: WireActivity,
  { relatesTo }: SignIn,
  { turns }: SignInDeliveryServices,
): Promise<SignInOutcome> {
  const { locale } = conversation
  const told = { ...activity, ...(relatesTo ? { relatesTo } : {}), ...(locale === undefined ? {} : { locale }) }
  try {
    const result = await turns.tell(conversation, bot, told, { ...user, role: 'user' })
    if (result.kind === 'failed') return { kind: 'not-told', problem: result.problem.message }
    const { status = 200 } = result.answer ?? {}
    if (status < 300) return { kind: 'told' }
    return { kind: 'not-told', problem: `The bot answered ${status} to ${String(activity['name'])}.` }
  } catch (error) {
    if (error instanceof ApiError) return { kind: 'not-told', problem: error.message }
    throw error
  }
}
