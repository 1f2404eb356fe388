import { callDirectLine } from './direct-line-calls.ts'
import { directLineAddress } from './direct-line-address.ts'
import { DirectLineError } from './direct-line-errors.ts'
import { fieldsOf, isWireActivity, textOf } from './wire-activity.ts'
import type { WireActivity, WireFields } from './wire-activity.ts'

/** What to begin a conversation with. */
export interface DirectLineOptions {
  /** Address of the service, with or without `/v3/directline`. */
  readonly service: string
  /** The secret of the bot's Direct Line, for any number of conversations. */
  readonly secret?: string
  /** A token, for one conversation; used when there is no secret. */
  readonly token?: string
  /** Who the user is; with a secret, ids begin with `dl_`, and the prefix is added where it is missing. */
  readonly user: { readonly id: string; readonly name?: string }
  /** Language of the user, a BCP 47 tag. */
  readonly locale?: string
  /** Default: the machine's clock, in milliseconds since the epoch. */
  readonly now?: () => number
}

/** A file to send. */
export interface UploadFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** How the service took an activity. */
export interface PostAnswer {
  /** The id it got. */
  readonly id: string
  /** What the bot answered to an invoke; only Parley's own service tells. */
  readonly invokeResponse?: { readonly status: number; readonly body?: unknown }
}

/** Activities, and how far they go. */
export interface ActivityBatch {
  readonly activities: readonly WireActivity[]
  readonly watermark: string | undefined
}

const USER_ID_PREFIX = 'dl_'
/** Tokens are renewed in good time, and never later than this. */
const LONGEST_USE_MS = 15 * 60_000
const DEFAULT_LIFETIME_SECONDS = 1800

/** One conversation with a bot, over Direct Line 3.0: says things, and reads what is said. */
export class DirectLineConversation {
  readonly id: string
  readonly userId: string
  private readonly base: string
  private readonly options: DirectLineOptions
  private token = ''
  private renewAt = 0
  /** Where the first stream is; used once. */
  private streamUrl: string | undefined

  private constructor(base: string, options: DirectLineOptions, id: string, userId: string) {
    this.base = base
    this.options = options
    this.id = id
    this.userId = userId
  }

  /**
   * Begins a conversation; the bot is told who takes part.
   *
   * @throws CliUnreachableError `CLI_UNREACHABLE`: nobody answers, or the secret or token is refused.
   */
  static async start(options: DirectLineOptions): Promise<DirectLineConversation> {
    const base = directLineAddress(options.service)
    const { secret, locale } = options
    const id = options.user.id
    const user = { ...options.user, id: id.startsWith(USER_ID_PREFIX) ? id : `${USER_ID_PREFIX}${id}` }
    const call = (path: string, credential: string, body: object): Promise<WireFields> =>
      callDirectLine(base, { method: 'POST', path, credential, body })
    const token =
      secret === undefined ? options.token : textOf((await call('/tokens/generate', secret, { user }))['token'])
    const begun = await call('/conversations', token ?? '', { user, ...(locale === undefined ? {} : { locale }) })
    const conversationId = textOf(begun['conversationId'])
    if (conversationId === '') throw new DirectLineError(200, 'The service began a conversation and did not say which.')
    const conversation = new DirectLineConversation(base, options, conversationId, user.id)
    conversation.take({ token, ...begun })
    return conversation
  }

  /** What of this conversation is different every time. */
  get facts(): { conversationId: string; userId: string; serviceOrigin: string } {
    return { conversationId: this.id, userId: this.userId, serviceOrigin: new URL(this.base).origin }
  }

  /**
   * Says something; done when the bot has answered.
   *
   * @throws BotFailedError `CLI_BOT_FAILED`, ConversationOverError `CLI_CONVERSATION_OVER`, CliUnreachableError
   * `CLI_UNREACHABLE`, DirectLineError `CLI_DIRECT_LINE`.
   */
  async post(activity: WireActivity, signal?: AbortSignal): Promise<PostAnswer> {
    const { id: _id, ...rest } = activity
    const answer = await this.call('POST', '/activities', { ...rest, from: this.sender() }, signal)
    return postAnswer(answer)
  }

  /** Sends files with an activity; done when the bot has answered. @throws as {@link post}. */
  async upload(files: readonly UploadFile[], activity: WireActivity = { type: 'message' }): Promise<PostAnswer> {
    const form = new FormData()
    const message = JSON.stringify({ ...activity, from: this.sender() })
    form.append('activity', new Blob([message], { type: 'application/vnd.microsoft.activity' }))
    for (const { name, contentType, bytes } of files) {
      form.append('file', new Blob([new Uint8Array(bytes)], { type: contentType }), name)
    }
    const answer = await this.call('POST', `/upload?userId=${encodeURIComponent(this.userId)}`, form)
    return postAnswer(answer)
  }

  /** What was said after the watermark; everything without one. */
  async poll(watermark: string | undefined, signal?: AbortSignal): Promise<ActivityBatch> {
    const query = watermark === undefined ? '' : `?watermark=${encodeURIComponent(watermark)}`
    return batchOf(await this.call('GET', `/activities${query}`, undefined, signal))
  }

  /**
   * Where a stream is that begins after the watermark; `undefined` when the service has none, so that one has to poll.
   *
   * @param isFirst - Whether nothing was read yet.
   */
  async streamAddress(
    watermark: string | undefined,
    isFirst: boolean,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const first = this.streamUrl
    this.streamUrl = undefined
    if (isFirst && first !== undefined) return first
    // Without a watermark it would begin now, and not where nothing was read yet.
    const query = `?watermark=${encodeURIComponent(watermark ?? '-')}`
    const answer = await this.call('GET', query, undefined, signal)
    this.take(answer)
    return textOf(answer['streamUrl']) || undefined
  }

  /** Renews the token when it is time to; whoever only listens calls it now and then. */
  async keepFresh(): Promise<void> {
    if (this.now() < this.renewAt) return
    // Once, not once per call that waits for it.
    this.renewAt = this.now() + LONGEST_USE_MS
    try {
      this.take(await this.request('POST', '/tokens/refresh', this.token))
    } catch (error) {
      if (this.options.secret === undefined) throw error
      // It expired, while the machine slept for instance; the secret opens the conversation again.
      this.take(await this.request('GET', this.path(''), this.options.secret))
    }
  }

  private async call(
    method: 'GET' | 'POST',
    path: string,
    body?: object | FormData,
    signal?: AbortSignal,
  ): Promise<WireFields> {
    await this.keepFresh()
    return this.request(method, this.path(path), this.token, body, signal)
  }

  private request(
    method: 'GET' | 'POST',
    path: string,
    credential: string,
    body?: object | FormData,
    signal?: AbortSignal,
  ): Promise<WireFields> {
    const more = { ...(body === undefined ? {} : { body }), ...(signal ? { signal } : {}) }
    return callDirectLine(this.base, { method, path, credential, ...more })
  }

  private path(rest: string): string {
    return `/conversations/${encodeURIComponent(this.id)}${rest}`
  }

  private sender(): object {
    const { name } = this.options.user
    return { id: this.userId, ...(name === undefined ? {} : { name }), role: 'user' }
  }

  private take(answer: WireFields): void {
    const { token, streamUrl } = answer
    const expiresIn = typeof answer['expires_in'] === 'number' ? answer['expires_in'] : DEFAULT_LIFETIME_SECONDS
    if (textOf(token) !== '') this.token = textOf(token)
    if (textOf(streamUrl) !== '') this.streamUrl = textOf(streamUrl)
    this.renewAt = this.now() + Math.min((expiresIn * 1000) / 2, LONGEST_USE_MS)
  }

  private now(): number {
    return (this.options.now ?? Date.now)()
  }
}

function postAnswer({ id, invokeResponse }: WireFields): PostAnswer {
  const { status, body } = fieldsOf(invokeResponse)
  if (typeof status !== 'number') return { id: textOf(id) }
  return { id: textOf(id), invokeResponse: body === undefined ? { status } : { status, body } }
}

/** Reads what a poll or a frame of a stream brings. */
export function batchOf({ activities, watermark }: WireFields): ActivityBatch {
  return {
    activities: Array.isArray(activities) ? activities.filter(isWireActivity) : [],
    watermark: typeof watermark === 'string' && watermark !== '' ? watermark : undefined,
  }
}
