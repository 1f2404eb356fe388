import { createHash, randomBytes } from 'node:crypto'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { Clock } from '../clock.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { WireAccount } from '../conversations/wire-activity.ts'
import { ApiError, badArgument } from '../http/api-error.ts'
import type { KeptRecords } from '../store/kept-records.ts'
import { connectionOf } from '../user-tokens/connection-of.ts'
import type { OAuthConnection } from '../user-tokens/oauth-connection.ts'
import type { SignInState } from './parse-sign-in-state.ts'

/** A sign-in somebody was sent a link for: bound to a bot, a conversation, a user and a connection. */
export interface SignIn {
  readonly botId: string
  readonly connectionName: string
  readonly channelId: string
  readonly conversationId: string
  /** The user of the chat, whoever that turns out to be at the identity provider. */
  readonly user: WireAccount
  readonly relatesTo?: Readonly<Record<string, unknown>>
  /** The browser session the link is for, when the bot named one. */
  readonly codeChallenge?: string
  /** Where the browser goes at the end. */
  readonly finalRedirect?: string
  /** Ties the form of the page to this sign-in; known to the service and to the page alone. */
  readonly formSecret: string
  /** Milliseconds since the epoch; from then on the link is too old. */
  readonly openUntil: number
  readonly isUsed: boolean
}

/** How the page ends a sign-in, and for which browser it is. */
export interface SignInExtras {
  readonly codeChallenge?: string | undefined
  readonly finalRedirect?: string | undefined
}

/** What a bot gets to show its user. */
export interface SignInResource {
  readonly signInLink: string
  readonly tokenExchangeResource?: { readonly id: string; readonly uri: string; readonly providerId: string }
}

/** What a link turned out to be good for. */
export type SignInLookup =
  | { readonly kind: 'open'; readonly signIn: SignIn }
  | { readonly kind: 'unknown' | 'expired' | 'used' }

export interface SignInsOptions {
  readonly records: KeptRecords
  readonly conversations: Conversations
  readonly clock: Clock
  /** Base address of the service, without a slash at the end. */
  readonly url: string
}

/** How long a link works: as long as the prompts of the SDKs wait. */
const LINK_LIFETIME_MS = 15 * 60_000

/** How long it is remembered why a link no longer works. */
const REMEMBERED_MS = 24 * 3_600_000

const ID_BYTES = 32

/** What goes into the data folder is the hash: who reads the folder cannot sign in with it. */
const KIND = 'sign-in'

/** The sign-ins under way. */
export class SignIns {
  private readonly options: SignInsOptions

  constructor(options: SignInsOptions) {
    this.options = options
  }

  /**
   * Begins a sign-in.
   *
   * @throws ApiError 403 for another bot's state or conversation, 404 `ConnectionNotFound`, 400 for an address that cannot be
   * gone to.
   */
  begin(bot: RegisteredBot, state: SignInState, { codeChallenge, finalRedirect }: SignInExtras = {}): SignInResource {
    if (state.appId !== undefined && state.appId.toLowerCase() !== bot.appId.toLowerCase()) {
      throw new ApiError(403, 'Forbidden', 'The state was made by another bot.')
    }
    const conversation = this.options.conversations.get(state.conversationId)
    if (conversation && conversation.botId !== bot.appId) {
      throw new ApiError(403, 'CONV_FORBIDDEN', 'The conversation belongs to another bot.')
    }
    const connection = requireConnection(bot, state.connectionName)
    const { connectionName, channelId, conversationId, user, relatesTo } = state
    const id = this.add({
      botId: bot.appId,
      connectionName,
      channelId,
      conversationId,
      user,
      ...(relatesTo ? { relatesTo } : {}),
      ...(codeChallenge === undefined ? {} : { codeChallenge }),
      ...(finalRedirect === undefined ? {} : { finalRedirect: checkRedirect(finalRedirect) }),
    })
    const uri = connection.exchangeUri
    return {
      signInLink: `${this.options.url}/sign-in?${new URLSearchParams({ signin: id }).toString()}`,
      ...(uri === undefined
        ? {}
        : { tokenExchangeResource: { id: randomBytes(16).toString('hex'), uri, providerId: '' } }),
    }
  }

  find(id: string): SignInLookup {
    const signIn = this.options.records.get(KIND, '', keyOf(id)) as SignIn | undefined
    if (!signIn) return { kind: 'unknown' }
    if (signIn.isUsed) return { kind: 'used' }
    return signIn.openUntil > this.options.clock.now() ? { kind: 'open', signIn } : { kind: 'expired' }
  }

  /** A link leads to one decision only. */
  use(id: string, signIn: SignIn): void {
    this.put(id, { ...signIn, isUsed: true })
  }

  private add(signIn: Omit<SignIn, 'formSecret' | 'openUntil' | 'isUsed'>): string {
    const id = randomBytes(ID_BYTES).toString('base64url')
    const formSecret = randomBytes(ID_BYTES).toString('base64url')
    this.put(id, { ...signIn, formSecret, openUntil: this.options.clock.now() + LINK_LIFETIME_MS, isUsed: false })
    return id
  }

  private put(id: string, signIn: SignIn): void {
    const expiresAt = signIn.openUntil + REMEMBERED_MS
    this.options.records.put({ kind: KIND, owner: '', name: keyOf(id), value: signIn, expiresAt })
  }
}

/** @throws ApiError 404 `ConnectionNotFound`, saying which there are. */
export function requireConnection(bot: RegisteredBot, name: string): OAuthConnection {
  const connection = connectionOf(bot, name)
  if (connection) return connection
  const known = bot.connections.map((one) => one.name).join(', ') || 'none'
  throw new ApiError(
    404,
    'ConnectionNotFound',
    `The bot has no OAuth connection of that name at this service; it has: ${known}. Name it with --connection.`,
  )
}

function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}

function checkRedirect(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw badArgument('finalRedirect must be an http or https address.')
  return url.href
}
