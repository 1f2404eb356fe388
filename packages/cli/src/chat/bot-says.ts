import { fieldsOf, isFromUser, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'
import { TranscriptLog } from '../transcript/transcript-log.ts'
import { activityText, textLines } from './activity-text.ts'
import type { ChatView } from './chat-view.ts'
import type { Choice } from './choice.ts'
import { stripToLine } from './strip-controls.ts'

/** How long a bot is seen to type after it said so, in milliseconds. */
const TYPING_MS = 3000

/** Takes what comes in a conversation, shows what the bot says, and knows what the user can choose from. */
export class BotSays {
  readonly log: TranscriptLog = new TranscriptLog()
  /** What the bot offers since the user last said something. */
  choices: readonly Choice[] = []
  private readonly view: ChatView
  private readonly userId: string
  private typing: NodeJS.Timeout | undefined

  constructor(view: ChatView, userId: string) {
    this.view = view
    this.userId = userId
  }

  /** Takes the next activity. */
  take(activity: WireActivity): void {
    const id = textOf(activity['id'])
    const earlier = id === '' ? undefined : this.log.find(id)
    this.log.add(activity)
    this.view.activity(activity)
    if (isFromUser(activity, this.userId)) return
    if (activity.type === 'typing') this.showTyping(activity)
    else if (activity.type === 'messageDelete') this.showDeletion(earlier)
    else this.show(activity, earlier !== undefined)
  }

  /** Stops showing that the bot types. */
  stopTyping(): void {
    if (this.typing === undefined) return
    clearTimeout(this.typing)
    this.typing = undefined
    this.view.live([])
  }

  /** Shows what the bot says without its being part of the conversation's log. */
  show(activity: WireActivity, isUpdate: boolean = false): void {
    this.stopTyping()
    const { lines, choices } = activityText(activity, this.view.terminal, this.choices)
    this.choices = choices
    if (lines.length > 0) this.view.bot(lines, isUpdate ? '(edited)' : undefined)
  }

  private showDeletion(earlier: WireActivity | undefined): void {
    this.stopTyping()
    const text = stripToLine(textOf(earlier?.['text']))
    const excerpt = text.length > MAX_EXCERPT ? `${text.slice(0, MAX_EXCERPT)}…` : text
    this.view.bot([this.view.terminal.paint('dim', excerpt || 'a message')], '(deleted)')
    this.choices = this.choices.filter(({ activityId }) => activityId !== earlier?.['id'])
  }

  /** A reply that grows shows its text so far; other typing, that it goes on. */
  private showTyping(activity: WireActivity): void {
    const { terminal } = this.view
    const { streamType } = fieldsOf(activity['channelData'])
    const text = streamType === undefined ? [] : textLines(activity, terminal)
    clearTimeout(this.typing)
    // What streams stays until its message comes; typing is over soon.
    this.typing = setTimeout(() => this.stopTyping(), text.length > 0 ? STREAM_MS : TYPING_MS)
    this.typing.unref()
    this.view.live(text.length > 0 ? text : [terminal.paint('dim', '…')])
  }
}

const MAX_EXCERPT = 60
const STREAM_MS = 60_000
