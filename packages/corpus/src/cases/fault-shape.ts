import { KEY_NAMES } from './inbound-case.ts'
import { requestShape } from './inbound-shape.ts'
import { anything, either, flag, listOf, number, object, oneOf, record, text, texts } from './shape.ts'
import type { Shape } from './shape.ts'

const answer = either(
  oneOf('ok', 'silence', 'reset', 'cut', 'drip'),
  object({ status: number }, { headers: texts, body: anything, times: number, gzip: flag }),
)

const world = object(
  {},
  {
    connector: listOf(answer),
    metadata: listOf(answer),
    keys: listOf(answer),
    token: listOf(answer),
    connectorStartsAfterMs: number,
    connectorResets: number,
  },
)

const yes: Shape = oneOf(true)

const action = either(
  object({ say: text }),
  object({ echo: yes }),
  object({ sayAll: listOf(text) }),
  object({ sayUnawaited: text }),
  object({ sayLate: text }),
  object({ answer: object({ status: number }, { body: anything }) }),
  object({ throw: oneOf('error', 'text', 'nothing') }),
  object({ count: oneOf('conversation', 'user', 'private') }, { by: oneOf('save', 'update') }),
  object({ keep: oneOf('cycle', 'bigint', 'map', 'date', 'function', 'large') }),
  object({ recall: yes }),
  object({ gate: yes }),
  object({ yield: number }),
  object({ sayProactively: text }),
)

const bot = object(
  {},
  {
    does: listOf(action),
    middleware: listOf(
      oneOf(
        'throwsBefore',
        'throwsAfter',
        'skipsNext',
        'callsNextTwice',
        'forgetsToAwait',
        'throwsOnSend',
        'swallowsErrors',
      ),
    ),
    onTurnError: oneOf('says', 'throws', 'returns'),
    acknowledgeAfterMs: number,
    concurrency: oneOf('conversation', 'none'),
    hosts: number,
    maybeSent: oneOf('resend', 'skip'),
    onTurnStorageFailure: oneOf('refuse', 'continue'),
    trusts: listOf(text),
    names: record,
  },
)

const storage = object(
  {},
  {
    delayMs: number,
    read: listOf(oneOf('ok', 'throws', 'hangs')),
    write: listOf(oneOf('ok', 'throws', 'conflict')),
  },
)

const key = oneOf(...KEY_NAMES)

const phase: Shape = (value, path) => anyPhase(value, path)

const anyPhase: Shape = either(
  object(
    { deliver: requestShape },
    {
      times: number,
      how: oneOf('inTurn', 'together', 'pipelined'),
      same: flag,
      untilTurns: number,
      leaveRunning: flag,
    },
  ),
  object({ proactive: record }, { times: number }),
  object({ openGate: yes }),
  object({ kill: number }),
  object({ close: yes }),
  object({ untilSaid: number }),
  object({ follow: world }),
  object({ publish: listOf(key) }),
  object({ passMs: number }),
  object({ repeat: number, phases: listOf(phase) }),
  object({ write: record }),
  object({ stored: record }),
)

const range = either(number, listOf(number))

const expectation = object(
  {},
  {
    answers: either(listOf(number), record),
    sameBodies: flag,
    said: either(number, listOf(either(text, number))),
    turns: range,
    calls: object({}, { connector: range, metadata: range, keys: range, token: range }),
    codes: listOf(text),
    events: listOf(text),
    gapMs: number,
    paths: listOf(text),
    ends: listOf(text),
  },
)

/** One fault case as its file has it. */
export const faultCaseShape: Shape = object(
  { id: text, title: text, phases: listOf(phase), expect: expectation },
  { world, storage, turnStorage: storage, bot, clock: oneOf('virtual'), alone: flag },
)
