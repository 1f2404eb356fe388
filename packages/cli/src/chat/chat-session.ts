import { ActivityFeed } from '../direct-line/activity-feed.ts'
import { BotFailedError, ConversationOverError } from '../direct-line/direct-line-errors.ts'
import type { DirectLineConversation, PostAnswer, UploadFile } from '../direct-line/direct-line-conversation.ts'
import type { ChatUser, ReachedBot } from '../direct-line/reach-bot.ts'
import { fieldsOf, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'
import { BotSays } from './bot-says.ts'
import type { ChatView } from './chat-view.ts'
import type { Choice } from './choice.ts'
import { choose } from './choose.ts'
import { stripToLine } from './strip-controls.ts'

export interface ChatSessionOptions {
  readonly bot: ReachedBot
  readonly view: ChatView
  readonly user: ChatUser
  /** Whether activities come as they are said; otherwise they are fetched with {@link ChatSession.catchUp}. */
  readonly isLive: boolean
}

/** Questions of a card that are being answered. */
interface Asking {
  readonly choice: Choice
  /** In the order of the questions. */
  readonly answers: (readonly [id: string, value: unknown])[]
}

/** A user who talks to a bot: one conversation at a time. */
export class ChatSession {
  private readonly options: ChatSessionOptions
  private current: Talk | undefined
  private asking: Asking | undefined
  private user: ChatUser
  /** One after the other, as they were typed. */
  private sending: Promise<unknown> = Promise.resolve()
  /** Said last by a service that runs here, so that it is not said again. */
  private lastProblem = ''
  /** How many activities were sent. */
  sent = 0
  /** How often the bot did not take what was said. */
  failures = 0

  constructor(options: ChatSessionOptions) {
    this.options = options
    this.user = options.user
    options.bot.service?.onEvent(({ kind, message }) => {
      if (kind === 'bot-back') options.view.note(message)
      else this.tellProblem(message)
    })
  }

  /** Begins a conversation; the one before is left. @throws as `ReachedBot.begin`. */
  async begin(user: ChatUser = this.user): Promise<void> {
    const { bot, view, isLive } = this.options
    this.end()
    this.user = user
    const conversation = await bot.begin(user)
    const says = new BotSays(view, conversation.userId)
    const feed = isLive ? this.listen(conversation, says) : undefined
    this.current = { conversation, says, feed, watermark: undefined }
  }

  /** Leaves the conversation. */
  end(): void {
    this.asking = undefined
    this.current?.feed?.close()
    this.current?.says.stopTyping()
    this.current = undefined
  }

  get conversation(): DirectLineConversation {
    return this.talk.conversation
  }

  get says(): BotSays {
    return this.talk.says
  }

  /** The question that waits for an answer, if one does. */
  get isAsking(): boolean {
    return this.asking !== undefined
  }

  /** Stops asking. @returns whether there was something to stop. */
  cancel(): boolean {
    const wasAsking = this.asking !== undefined
    this.asking = undefined
    if (wasAsking) this.options.view.note('Nothing was sent.')
    return wasAsking
  }

  /** Takes what the user typed: an answer, the number of a choice, or something to say. */
  async input(text: string): Promise<void> {
    if (this.asking) return this.answer(this.asking, text)
    const choice = /^\d{1,4}$/.test(text.trim()) ? this.says.choices[Number(text) - 1] : undefined
    if (choice) return this.choose(choice)
    if (text.trim() !== '') await this.send({ type: 'message', text, textFormat: 'plain' })
  }

  /** Sends an activity. What the bot or the service makes of it is shown, not thrown. */
  async send(activity: WireActivity, files: readonly UploadFile[] = []): Promise<void> {
    const { conversation, says } = this.talk
    says.choices = []
    this.sent++
    const turn = this.sending.then(() =>
      this.attempt(async () => {
        const isUpload = files.length > 0
        const answer = await (isUpload ? conversation.upload(files, activity) : conversation.post(activity))
        this.showInvokeAnswer(answer, says)
      }),
    )
    // Whoever sent this hears of its failure; the next one is sent all the same.
    this.sending = turn.catch(() => {})
    await turn
  }

  /** Fetches and shows what was said since the last time. @returns how many activities the bot sent. */
  async catchUp(signal?: AbortSignal): Promise<number> {
    const { talk } = this
    const { activities, watermark } = await talk.conversation.poll(talk.watermark, signal)
    talk.watermark = watermark ?? talk.watermark
    for (const activity of activities) talk.says.take(activity)
    return activities.filter(({ from }) => fieldsOf(from)['role'] !== 'user').length
  }

  private get talk(): Talk {
    if (!this.current) throw new ConversationOverError('There is no conversation; begin one with /new.')
    return this.current
  }

  private listen(conversation: DirectLineConversation, says: BotSays): ActivityFeed {
    const { view } = this.options
    return new ActivityFeed({
      conversation,
      onActivity: (activity) => says.take(activity),
      onState: (state, before) => {
        if (state === 'streaming' && before === 'reconnecting') view.note('The connection is back.')
        if (state === 'reconnecting') view.note('The connection broke; trying again.')
        if (state === 'polling') view.note('Streams do not get through; asking for news every second, without typing.')
      },
      onEnd: ({ message }) => view.problem(message),
    })
  }

  private async choose(choice: Choice): Promise<void> {
    const { view } = this.options
    const [input] = choice.inputs ?? []
    if (input) {
      this.asking = { choice, answers: [] }
      view.note(`${choice.title}: answer the questions, or /cancel.`)
      view.note(`? ${input.question}`)
      return
    }
    await this.follow(choice, {})
  }

  private async answer(asking: Asking, text: string): Promise<void> {
    const { view } = this.options
    const { choice, answers } = asking
    const inputs = choice.inputs ?? []
    const input = inputs[answers.length]
    if (!input) return
    const isEmpty = text.trim() === ''
    const parsed = isEmpty && input.fallback !== undefined ? { value: input.fallback } : input.parse(text)
    if ('problem' in parsed || (isEmpty && input.fallback === undefined)) {
      view.problem('problem' in parsed ? parsed.problem : 'Please answer.')
      view.note(`? ${input.question}`)
      return
    }
    answers.push([input.id, parsed.value])
    const next = inputs[answers.length]
    if (next) {
      view.note(`? ${next.question}`)
      return
    }
    this.asking = undefined
    await this.follow(choice, Object.fromEntries(answers))
  }

  private async follow(choice: Choice, answers: Readonly<Record<string, unknown>>): Promise<void> {
    const { view } = this.options
    const chosen = choose(choice, answers)
    if (chosen.kind === 'open') {
      view.note(`Open ${view.terminal.link(chosen.address, chosen.address)}`)
    } else if (chosen.kind === 'nothing') {
      view.note(`A button of type ${stripToLine(chosen.type) || 'nothing'} does nothing here.`)
    } else {
      const shown = stripToLine(chosen.shown)
      view.user(shown || `(${choice.title})`)
      await this.send(chosen.activity)
    }
  }

  /** What came of an Action.Execute: another card, or a text. */
  private showInvokeAnswer({ invokeResponse }: PostAnswer, says: BotSays): void {
    if (!invokeResponse) return
    const { type, value } = fieldsOf(invokeResponse.body)
    const kind = textOf(type)
    if (kind.startsWith('application/vnd.microsoft.card.')) {
      says.show({ type: 'message', attachments: [{ contentType: kind, content: value }] })
    } else if (kind === 'application/vnd.microsoft.activity.message') {
      says.show({ type: 'message', text: textOf(value) })
    } else if (kind === 'application/vnd.microsoft.error') {
      this.tellProblem(stripToLine(textOf(fieldsOf(value)['message']) || 'The bot refused that.'))
    } else this.options.view.note(`The bot answered ${invokeResponse.status}.`)
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.lastProblem = ''
    try {
      await work()
    } catch (error) {
      if (!(error instanceof BotFailedError || error instanceof ConversationOverError)) throw error
      this.failures++
      this.tellProblem(error.message)
    }
  }

  private tellProblem(message: string): void {
    if (message === this.lastProblem) return
    this.lastProblem = message
    this.options.view.problem(stripToLine(message))
  }
}

interface Talk {
  readonly conversation: DirectLineConversation
  readonly says: BotSays
  readonly feed: ActivityFeed | undefined
  watermark: string | undefined
}
