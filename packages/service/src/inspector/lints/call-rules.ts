import { ACTIVITY_FIELDS } from './activity-fields.ts'
import { when } from './lint-rule.ts'
import type { Json, LintRule } from './lint-rule.ts'

/** An activity on its way from a bot to the Connector API. */
export interface BotCall {
  readonly method: string
  /** As the bot sent it; absent when there was none, or more than is kept. */
  readonly activity: Json | undefined
  readonly bytes: number
  /** Channel of the conversation. */
  readonly channelId: string | undefined
  /** Whether the address names the activity that is answered. */
  readonly isReply: boolean
  /** Where the turn is that the call belongs to. */
  readonly turn: 'running' | 'over' | 'none'
}

/** What Direct Line takes, and what is advised, in characters. */
const MAX_CHARS = 256 * 1024
const ADVISED_CHARS = 150 * 1024

const UNCHANGING_CHANNELS: ReadonlySet<unknown> = new Set(['directline', 'webchat'])

const KNOWN: ReadonlySet<string> = new Set(ACTIVITY_FIELDS)
const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(ACTIVITY_FIELDS.map((name) => [name.toLowerCase(), name]))

/** What is odd in how a bot sends. */
export const CALL_RULES: readonly LintRule<BotCall>[] = [
  {
    rule: 'A2002',
    severity: 'warning',
    find: ({ activity = {} }) =>
      Object.keys(activity).flatMap((name) => {
        const right = BY_LOWER_CASE.get(name.toLowerCase())
        const isOdd = right !== undefined && !KNOWN.has(name)
        return when(isOdd, `Names are case-sensitive: ${name} is not ${right}, and is ignored.`, `/${name}`)
      }),
  },
  {
    rule: 'A2004',
    severity: 'info',
    find: ({ activity = {} }) =>
      Object.entries(activity).flatMap(([name, value]) =>
        when(
          KNOWN.has(name) && (value === null || (Array.isArray(value) && value.length === 0)),
          `${name} is empty and may be left out.`,
          `/${name}`,
        ),
      ),
  },
  {
    rule: 'A2031',
    severity: 'warning',
    find: ({ method, activity }) =>
      when(method === 'POST' && activity?.['id'] !== undefined, 'The channel gives the id; a bot sends none.', '/id'),
  },
  {
    rule: 'A2251',
    severity: 'warning',
    find: ({ activity }) =>
      when(activity?.['callerId'] !== undefined, 'callerId is for the receiver to set; it was dropped.', '/callerId'),
  },
  {
    rule: 'A2302',
    severity: 'warning',
    find: ({ activity }) =>
      when(activity?.['serviceUrl'] !== undefined, 'A bot sends no serviceUrl; it was ignored.', '/serviceUrl'),
  },
  {
    rule: 'P1001',
    severity: 'error',
    find: ({ bytes }) => when(bytes > MAX_CHARS, 'The activity is over 256 K characters; channels refuse it.'),
  },
  {
    rule: 'P1002',
    severity: 'warning',
    find: ({ bytes }) =>
      when(bytes > ADVISED_CHARS && bytes <= MAX_CHARS, 'The activity is over 150 K characters, more than is advised.'),
  },
  {
    rule: 'P1003',
    severity: 'info',
    find: ({ method, activity, isReply, turn }) =>
      when(
        method === 'POST' &&
          activity?.['type'] === 'message' &&
          turn === 'running' &&
          !isReply &&
          !activity['replyToId'],
        'It was said in a turn and does not say with replyToId what it answers.',
        '/replyToId',
      ),
  },
  {
    rule: 'P1004',
    severity: 'info',
    find: ({ method, isReply, turn }) =>
      when(
        method === 'POST' && isReply && turn === 'over',
        'It came after the bot had answered the activity it replies to: a promise may not have been awaited.',
      ),
  },
  {
    rule: 'P1005',
    severity: 'warning',
    find: ({ method, channelId }) =>
      when(
        (method === 'PUT' || method === 'DELETE') && UNCHANGING_CHANNELS.has(channelId),
        `In the cloud the channel ${channelId} cannot change or take back what was said, and answers 405.`,
      ),
  },
]
