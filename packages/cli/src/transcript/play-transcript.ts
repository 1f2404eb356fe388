import { TranscriptInvalidError, turnsOf } from '@parley/core/internal'
import type { PlacedActivity, TranscriptTurn } from '@parley/core/internal'
import { BotFailedError, ConversationOverError } from '../direct-line/direct-line-errors.ts'
import type { DirectLineConversation } from '../direct-line/direct-line-conversation.ts'
import type { ChatUser, ReachedBot } from '../direct-line/reach-bot.ts'
import { fieldsOf, isFromUser, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'
import { CliUnreachableError } from '../errors.ts'
import { TranscriptLog } from './transcript-log.ts'

export interface PlayOptions {
  readonly user: ChatUser
  /** How long the bot may take to take an activity, in milliseconds. */
  readonly timeoutMs: number
  /** How long to wait, after that, for replies that were recorded and have not come, in milliseconds. */
  readonly waitMs: number
  readonly signal: AbortSignal
  /** Called with everything that is said, in order. */
  readonly onActivity?: (activity: WireActivity) => void
}

/** A turn, as recorded and as it went. */
export interface PlayedTurn {
  readonly recorded: TranscriptTurn
  readonly replies: readonly PlacedActivity[]
  /** What kept the bot from taking the activity. */
  readonly problem: string | undefined
}

/** How a conversation went that was played again. */
export interface PlayedTranscript {
  readonly conversation: DirectLineConversation
  /** The first is what the bot said before the user said anything. */
  readonly turns: readonly PlayedTurn[]
  /** Everything that was said, as it came. */
  readonly activities: readonly WireActivity[]
}

const POLL_MS = 50
/** What only channels say; the service says it itself when a conversation begins. */
const OF_CHANNELS: ReadonlySet<string> = new Set([
  'conversationUpdate',
  'installationUpdate',
  'contactRelationUpdate',
  'messageUpdate',
  'messageDelete',
])
/** Neither counted nor compared: they come and go with time, or are for developers. */
const UNSEEN: ReadonlySet<unknown> = new Set(['trace', 'typing'])

/** Whether an activity of the bot is compared. */
export function isSeen({ activity }: { readonly activity: { readonly type?: unknown } }): boolean {
  return !UNSEEN.has(activity.type)
}

/**
 * Divides a recorded conversation into what can be played: the greeting, and then a turn for everything the user said.
 *
 * @throws TranscriptInvalidError `CORE_TRANSCRIPT_INVALID`: something in it only a channel can say, in the middle.
 */
export function playableTurns(activities: readonly PlacedActivity[]): TranscriptTurn[] {
  const greeting: { said: PlacedActivity | undefined; replies: PlacedActivity[] } = { said: undefined, replies: [] }
  const turns: TranscriptTurn[] = [greeting]
  for (const turn of turnsOf(activities)) {
    const { said, replies } = turn
    if (said && !OF_CHANNELS.has(textOf(said.activity.type))) turns.push(turn)
    else if (turns.length === 1) {
      greeting.said ??= said
      greeting.replies.push(...replies)
    } else if (said) {
      const problem = `activities of type ${textOf(said.activity.type)} come from channels, and cannot be said by a user.`
      throw new TranscriptInvalidError(said.place, problem)
    }
  }
  return turns
}

/**
 * Says what the user said in a recorded conversation, in a new one.
 *
 * @throws CliUnreachableError `CLI_UNREACHABLE`: the bot or the service is not there.
 */
export async function playTranscript(
  bot: ReachedBot,
  turns: readonly TranscriptTurn[],
  options: PlayOptions,
): Promise<PlayedTranscript> {
  const conversation = await bot.begin(options.user)
  const play = new Play(bot, conversation, options)
  for (const turn of turns) {
    if (!(await play.turn(turn))) break
  }
  return { conversation, turns: play.turns(turns), activities: play.log.activities }
}

/** A conversation that is being played. */
class Play {
  readonly log: TranscriptLog = new TranscriptLog()
  private readonly bot: ReachedBot
  private readonly conversation: DirectLineConversation
  private readonly options: PlayOptions
  /** Number of activities in the log when each turn began. */
  private readonly starts: number[] = []
  private readonly problems: Map<number, string> = new Map()
  /** New ids of recorded activities, for replies to them. */
  private readonly ids: Map<string, string> = new Map()
  private watermark: string | undefined

  constructor(bot: ReachedBot, conversation: DirectLineConversation, options: PlayOptions) {
    this.bot = bot
    this.conversation = conversation
    this.options = options
  }

  /** Plays a turn. @returns whether there can be another one. */
  async turn(turn: TranscriptTurn): Promise<boolean> {
    const index = this.starts.length
    const isGreeting = index === 0
    if (isGreeting) this.starts.push(0)
    else await this.say(turn.said?.activity ?? {}, index)
    await this.hear(turn.replies.filter(isSeen).length, index)
    this.learnIds(turn, index)
    return !this.options.signal.aborted && this.problems.get(index) !== OVER
  }

  turns(recorded: readonly TranscriptTurn[]): PlayedTurn[] {
    return recorded.map((turn, index) => ({
      recorded: turn,
      replies: index < this.starts.length ? this.repliesOf(index) : [],
      problem: index < this.starts.length ? this.problems.get(index) : 'The conversation was over before.',
    }))
  }

  /** Says something, and finds where in the log its turn begins: what the bot says late belongs to the turn before. */
  private async say(recorded: Partial<Record<string, unknown>>, index: number): Promise<void> {
    const activity = this.replayable(recorded)
    const before = this.log.activities.length
    const id = await this.post(activity, index)
    const { activities, watermark } = await this.conversation.poll(this.watermark)
    this.watermark = watermark ?? this.watermark
    const echoed = activities.findIndex((each) => isFromUser(each, this.conversation.userId))
    // The service shows neither invokes nor what the bot did not take.
    const own = { ...activity, ...(id ? { id } : {}), from: { id: this.conversation.userId, role: 'user' } }
    const said = echoed === -1 ? [own, ...activities] : activities
    this.starts.push(before + said.slice(0, Math.max(echoed, 0)).filter(({ type }) => type !== 'typing').length)
    for (const each of said) this.take(each)
  }

  private async post(activity: WireActivity, index: number): Promise<string> {
    const { timeoutMs, signal } = this.options
    const timeout = AbortSignal.timeout(timeoutMs)
    try {
      const { id } = await this.conversation.post(activity, AbortSignal.any([timeout, signal]))
      return id
    } catch (error) {
      if (timeout.aborted) this.problems.set(index, `The bot did not take it within ${timeoutMs / 1000} s.`)
      else if (error instanceof BotFailedError) this.problems.set(index, this.reachableProblem(error))
      else if (error instanceof ConversationOverError) this.problems.set(index, OVER)
      else if (!signal.aborted) throw error
      return ''
    }
  }

  private reachableProblem({ message }: BotFailedError): string {
    const problem = this.bot.service?.bots.find((each) => each.problem?.kind === 'bot-unreachable')?.problem
    if (problem) throw new CliUnreachableError(problem.message)
    return message
  }

  /** Waits for as many replies as were recorded. */
  private async hear(expected: number, index: number): Promise<void> {
    const { waitMs, signal } = this.options
    const deadline = performance.now() + (this.problems.has(index) ? 0 : waitMs)
    for (;;) {
      const isComplete = this.repliesOf(index).filter(isSeen).length >= expected
      if (isComplete || signal.aborted || performance.now() >= deadline) return
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      const { activities, watermark } = await this.conversation.poll(this.watermark)
      this.watermark = watermark ?? this.watermark
      for (const each of activities) this.take(each)
    }
  }

  private take(activity: WireActivity): void {
    const entry = this.log.add(activity)
    if (entry) this.options.onActivity?.(entry)
  }

  /** As `turnsOf` has it: what was corrected or taken back within the turn is what was then said, or not. */
  private repliesOf(index: number): readonly PlacedActivity[] {
    const said = this.log.activities.slice(this.starts[index], this.starts[index + 1])
    const placed = said.map((activity) => ({ activity: activity as PlacedActivity['activity'], place: '' }))
    return turnsOf(placed.map(withRole(this.conversation.userId))).flatMap(({ replies }) => replies)
  }

  private replayable(recorded: Partial<Record<string, unknown>>): WireActivity {
    const left = Object.entries(recorded).filter(([field]) => !NOT_REPLAYED.has(field))
    const replyToId = this.ids.get(textOf(recorded['replyToId']))
    return { type: 'message', ...Object.fromEntries(left), ...(replyToId === undefined ? {} : { replyToId }) }
  }

  private learnIds({ replies }: TranscriptTurn, index: number): void {
    const heard = this.repliesOf(index).filter(isSeen)
    replies.filter(isSeen).forEach(({ activity: { id } }, position) => {
      const actual = heard[position]?.activity.id
      if (id !== undefined && actual !== undefined) this.ids.set(id, actual)
    })
  }
}

const OVER = 'The conversation was over.'

/** What belongs to the conversation it was recorded in. */
const NOT_REPLAYED: ReadonlySet<string> = new Set([
  'id',
  'timestamp',
  'localTimestamp',
  'localTimezone',
  'rawTimestamp',
  'rawLocalTimestamp',
  'callerId',
  'channelId',
  'conversation',
  'from',
  'recipient',
  'replyToId',
  'serviceUrl',
])

/** Deletions say nothing of who took something back: it was the bot. */
function withRole(userId: string): (placed: PlacedActivity) => PlacedActivity {
  return ({ activity, place }) => {
    const role = isFromUser(activity as WireActivity, userId) ? 'user' : 'bot'
    const from = { ...fieldsOf(activity.from), role } as NonNullable<PlacedActivity['activity']['from']>
    return { activity: { ...activity, from }, place }
  }
}
