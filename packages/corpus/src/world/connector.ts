import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { listen } from './local-server.ts'
import type { Listening } from './local-server.ts'
import { readText } from './read-text.ts'
import { giveAnswer, Script } from './scripted-answers.ts'
import type { ScriptedAnswer } from './scripted-answers.ts'

/** A call a bot made. */
export interface ConnectorCall {
  readonly method: string
  /** As on the wire, not decoded. */
  readonly path: string
  readonly authorization: string | undefined
  /** Text of the activity, or its type when it has none. */
  readonly said: string
  /** Whether it was carried out. */
  readonly accepted: boolean
  /** Milliseconds on a clock that only counts forward. */
  readonly at: number
}

/** The Connector API as far as bots under test use it: takes every activity, and keeps what it was sent. */
export class Connector {
  readonly calls: ConnectorCall[] = []
  url = ''
  /** How many connections it is still going to reset before it reads anything. */
  resets = 0
  private listening: Listening | undefined
  private readonly server = createServer((request, response) => void this.answer(request, response))
  private readonly fill: (text: string) => string
  private script = new Script()
  private readonly absence = new AbortController()
  private comeback: Promise<void> | undefined

  constructor(fill: (text: string) => string) {
    this.fill = fill
    this.server.on('connection', (socket) => {
      if (this.resets === 0) return
      this.resets -= 1
      socket.resetAndDestroy()
    })
  }

  async start(port?: number): Promise<void> {
    this.listening = await listen(this.server, port)
    this.url = `http://127.0.0.1:${this.listening.port}`
  }

  /** Follows another script from now on. */
  follow(answers: readonly ScriptedAnswer[] | undefined): void {
    this.script = new Script(answers)
  }

  /** @throws The system's error, when it went away and its port was taken meanwhile. */
  async close(): Promise<void> {
    this.absence.abort()
    try {
      await this.comeback
    } finally {
      await this.listening?.close()
    }
  }

  /** Stops listening, and listens again after that many milliseconds, unless it is closed before. */
  async goAway(ms: number): Promise<void> {
    await this.listening?.close()
    this.comeback = this.comeBack(ms)
    // Told to who closes it.
    this.comeback.catch(() => {})
  }

  /** What it carried out, in order. */
  get said(): string[] {
    return this.calls.filter(({ accepted }) => accepted).map(({ said }) => said)
  }

  private async comeBack(ms: number): Promise<void> {
    const { signal } = this.absence
    await sleep(ms, undefined, { signal }).catch(() => {})
    if (!signal.aborted) await this.start(Number(new URL(this.url).port))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const said = whatIsSaid(await readText(request))
    const { method = '', url: path = '', headers } = request
    const answer = this.script.take()
    const accepted = answer === 'ok' || isSuccess(answer)
    const number = this.calls.push({
      method,
      path,
      authorization: headers.authorization,
      said,
      accepted,
      at: performance.now(),
    })
    if (answer !== 'ok') return giveAnswer(answer, response, this.fill)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: `sent-${number}` }))
  }
}

/** `reset`, `cut` and `drip` come after the activity has arrived: the service has it, whatever the bot gets to know. */
function isSuccess(answer: Exclude<ScriptedAnswer, 'ok'>): boolean {
  if (answer === 'silence') return false
  return typeof answer === 'string' || (answer.status >= 200 && answer.status < 300)
}

function whatIsSaid(body: string): string {
  try {
    const { text, type } = JSON.parse(body) as { text?: unknown; type?: unknown }
    return typeof text === 'string' ? text : String(type)
  } catch {
    return ''
  }
}
