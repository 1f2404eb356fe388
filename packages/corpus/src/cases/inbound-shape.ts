import { BOT_NAMES } from './bot-name.ts'
import { KEY_NAMES } from './inbound-case.ts'
import { anything, either, flag, listOf, number, object, oneOf, record, text, texts } from './shape.ts'
import type { Shape } from './shape.ts'

const key = oneOf(...KEY_NAMES)

const mutation = either(
  object({ part: oneOf(0, 1, 2), json: anything }),
  object({ part: oneOf(0, 1), change: record }),
  object({ part: oneOf(0, 1, 2), text }),
  object({ flipBit: number }),
  object({ take: number }),
  object({ append: text }),
  object({ prepend: text }),
  object({ cut: number }),
)

const token = object(
  {},
  {
    kind: oneOf('channel', 'tenant'),
    claims: record,
    payload: anything,
    payloadText: text,
    header: record,
    headerText: text,
    signedBy: key,
    kidOf: key,
    algorithm: oneOf('RS256', 'RS384', 'RS512', 'PS256', 'HS256', 'none'),
    mutate: listOf(mutation),
  },
)

const compression = oneOf('gzip', 'deflate', 'deflateRaw', 'br')

const body = object(
  {},
  {
    patch: record,
    json: anything,
    text,
    base64: text,
    bytes: number,
    gzipBombMiB: number,
    prefixHex: text,
    charset: oneOf('utf16le', 'latin1'),
    compress: either(compression, listOf(compression)),
    keepBytes: number,
  },
)

const transport = object(
  {},
  {
    framing: oneOf(
      'length',
      'chunked',
      'both',
      'none',
      'twoLengths',
      'twoLengthsDiffer',
      'negative',
      'notANumber',
      'badChunk',
      'longChunkExtension',
    ),
    lengthOff: number,
    lineEnd: text,
    version: text,
    leave: oneOf('afterHead', 'midBody', 'afterRequest'),
    reset: flag,
    pieceBytes: number,
    drip: object({ of: oneOf('head', 'body'), everyMs: number, giveUpMs: number }),
    besideHalfOpen: number,
  },
)

/** A request as a case describes it. */
export const requestShape: Shape = object(
  {},
  {
    method: text,
    target: text,
    token,
    authorization: listOf(text),
    contentType: either(text, oneOf(null)),
    headers: listOf(listOf(text)),
    manyHeaders: number,
    body,
    transport,
  },
)

/** A number: that status, and the handler runs. A status and a code: refused. */
const expectation = either(
  number,
  listOf(either(number, text)),
  object(
    { status: either(number, oneOf(null), listOf(either(number, oneOf(null)))), turn: either(flag, oneOf(null)) },
    { code: text, by: oneOf('bot', 'server'), headers: texts, noHeaders: listOf(text) },
  ),
)

const step = object({ request: requestShape, expect: expectation })

/** One inbound case as its file has it: a single step may be written without the list. */
export const inboundCaseShape: Shape = either(
  object({ id: text, title: text, request: requestShape, expect: expectation }, { bot: oneOf(...BOT_NAMES) }),
  object(
    { id: text, title: text, steps: listOf(step) },
    { bot: oneOf(...BOT_NAMES), connection: oneOf('kept', 'pipelined') },
  ),
)
