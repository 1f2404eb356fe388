import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { newConversationId } from '../conversations/conversation-ids.ts'
import type { Conversations } from '../conversations/conversations.ts'
import { chooseBot } from '../direct-line/direct-line-call.ts'
import type { DirectLineClaims, DirectLineTokens } from '../direct-line/direct-line-tokens.ts'
import { parseClientInfo, requireTokenUser } from '../direct-line/parse-client-info.ts'
import type { ClientInfo } from '../direct-line/parse-client-info.ts'
import { badArgument, conversationNotFound, missingProperty } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'

/** Channels the page may speak for. On `emulator`, bots made with SDK v4 also send traces. */
export const PAGE_CHANNELS: ReadonlySet<unknown> = new Set(['webchat', 'directline', 'emulator'])

/** Conversations remembered that a page has a token for and has not started. */
const MAX_RESERVED = 1_000

export interface PageSessionsOptions {
  readonly tokens: DirectLineTokens
  readonly bots: BotRegistry
  readonly conversations: Conversations
}

/**
 * Gives the page a token of its own, so that the secret never reaches a browser: for a new conversation, which the bot is told
 * of when the page starts it, or for one there is already.
 */
export class PageSessions {
  private readonly options: PageSessionsOptions
  private readonly reserved: Map<string, string> = new Map()

  constructor(options: PageSessionsOptions) {
    this.options = options
  }

  /** `POST /chat/session`. @throws ApiError 400, or 404 when there is no such conversation of the bot. */
  async open(exchange: Exchange): Promise<void> {
    const body = await readJson(exchange.request)
    const info = parseClientInfo(body)
    const { conversationId, channelId } = (body ?? {}) as { readonly conversationId?: unknown; channelId?: unknown }
    requireTokenUser(info.user)
    const [bot, claims] = conversationId === undefined ? this.begin(info, channelId) : this.goOn(info, conversationId)
    const { tokens, bots } = this.options
    sendJson(exchange.response, 200, {
      token: tokens.issue('client', { ...claims, trustedOrigins: [exchange.origin] }),
      conversationId: claims.conversationId,
      channelId: claims.channelId,
      ...(claims.user ? { user: claims.user } : {}),
      bot: { appId: bot.appId, name: bot.name, endpoint: bot.endpoint.href },
      bots: bots.all().map(({ appId, name }) => ({ appId, name })),
    })
  }

  /** The bot a conversation was reserved for. */
  botOf(conversationId: string): string | undefined {
    return this.reserved.get(conversationId)
  }

  private begin({ user, botId }: ClientInfo, channelId: unknown = 'webchat'): readonly [RegisteredBot, PageClaims] {
    if (typeof channelId !== 'string' || !PAGE_CHANNELS.has(channelId)) {
      throw badArgument(`channelId must be one of ${[...PAGE_CHANNELS].join(', ')}.`)
    }
    if (!user) throw missingProperty('user.id')
    const bot = chooseBot(this.options.bots, botId)
    const conversationId = newConversationId(this.options.conversations.chance)
    this.reserved.set(conversationId, bot.appId)
    const [oldest] = this.reserved.keys()
    if (this.reserved.size > MAX_RESERVED && oldest !== undefined) this.reserved.delete(oldest)
    return [bot, { conversationId, botId: bot.appId, channelId, user }]
  }

  /** Who it was opened for is who goes on with it. */
  private goOn({ user, botId }: ClientInfo, conversationId: unknown): readonly [RegisteredBot, PageClaims] {
    const record = typeof conversationId === 'string' ? this.options.conversations.get(conversationId) : undefined
    if (!record || (botId !== undefined && botId !== record.botId)) throw conversationNotFound()
    const bot = chooseBot(this.options.bots, record.botId)
    const owner = record.user ?? user
    const claims = { conversationId: record.id, botId: bot.appId, channelId: record.channelId }
    return [bot, owner ? { ...claims, user: owner } : claims]
  }
}

type PageClaims = Omit<DirectLineClaims, 'trustedOrigins'>
