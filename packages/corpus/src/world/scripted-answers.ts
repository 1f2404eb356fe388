import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

/**
 * What a server of the world does with one request, after it has read it:
 *
 * - `ok`: what it is there for
 * - `silence`: nothing
 * - `reset`: breaks the connection
 * - `cut`: begins an answer and breaks the connection
 * - `drip`: sends the head of an answer and then next to nothing
 * - an answer
 */
export type ScriptedAnswer = 'ok' | 'silence' | 'reset' | 'cut' | 'drip' | FixedAnswer

/** An answer as it is. */
export interface FixedAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A text goes out as it is, anything else as JSON. */
  readonly body?: unknown
  /** Repeats `body`, a text, that many times. */
  readonly times?: number
  /** Compresses it. */
  readonly gzip?: boolean
}

/** Gives each request its answer: the n-th the n-th, further ones the last, `ok` without a script. */
export class Script {
  private readonly answers: readonly ScriptedAnswer[]
  private next = 0

  constructor(answers: readonly ScriptedAnswer[] = []) {
    this.answers = answers
  }

  /** The answer to the next request. */
  take(): ScriptedAnswer {
    const answer = this.answers[Math.min(this.next, this.answers.length - 1)] ?? 'ok'
    this.next += 1
    return answer
  }
}

/** Carries out an answer other than `ok`. @param fill - Replaces what the texts of a header or body name. */
export function giveAnswer(
  answer: Exclude<ScriptedAnswer, 'ok'>,
  response: ServerResponse,
  fill: (text: string) => string,
): void {
  switch (answer) {
    case 'silence':
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{', () => response.destroy())
      return
    case 'drip':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{')
      return
    default:
      giveFixed(answer, response, fill)
  }
}

function giveFixed(
  { status, headers = {}, body, times = 1, gzip = false }: FixedAnswer,
  response: ServerResponse,
  fill: (text: string) => string,
): void {
  const text = fill(typeof body === 'string' ? body.repeat(times) : body === undefined ? '' : JSON.stringify(body))
  const filled = Object.entries(headers).map(([name, value]) => [name, fill(value)] as const)
  const type = typeof body === 'string' ? {} : { 'content-type': 'application/json' }
  // Not chained: restify replaces writeHead for every response of the process, with one that returns nothing.
  response.writeHead(status, {
    ...type,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    ...Object.fromEntries(filled),
  })
  response.end(gzip ? gzipSync(text) : text)
}
