import { setTimeout as sleep } from 'node:timers/promises'
import { ParleyError } from '@parley/core'
import type { ConversationReference } from '@parley/core'
import type { FaultCase, Phase, WorldFaults } from '../cases/fault-case.ts'
import type { RequestSpec } from '../cases/inbound-case.ts'
import type { CaseResult } from '../inbound/verdict.ts'
import { expand } from '../request/expand.ts'
import type { Expansion } from '../request/expand.ts'
import type { Outcome } from '../request/raw-connection.ts'
import { createRawRequest } from '../request/raw-request.ts'
import type { RawRequest } from '../request/raw-request.ts'
import { BOT_APP_ID, World } from '../world/world.ts'
import { createAuthenticatorDoor, createSocketDoor } from './door.ts'
import type { Door } from './door.ts'
import { eventually } from './eventually.ts'
import { FaultBot } from './fault-bot.ts'
import { judgeFault } from './judge-fault.ts'

/** The outcome of a fault case, with what it measured. */
export interface FaultResult extends CaseResult {
  /** How often the world was asked. */
  readonly calls: Readonly<Record<'connector' | 'metadata' | 'keys' | 'token', number>>
  readonly turns: number
  /** What the connector took, in order. */
  readonly said: readonly string[]
}

const ANSWER_MS = 25

let played = 0

/** Plays one fault in a world of its own, and judges what came of it. */
export async function playFault(testCase: FaultCase): Promise<FaultResult> {
  const world = await World.start()
  const bot = new FaultBot(testCase, world)
  const scene = new Scene(testCase, world, bot)
  try {
    await scene.start()
    for (const phase of testCase.phases) await scene.play(phase)
    const outcomes = await Promise.all(scene.answers)
    return scene.result(outcomes)
  } finally {
    await bot.close()
    await world.close()
  }
}

class Scene {
  /** Answers so far, or to come, in the order of their requests. */
  readonly answers: Promise<Outcome>[] = []
  private readonly testCase: FaultCase
  private readonly world: World
  private readonly bot: FaultBot
  private readonly name: string
  private readonly ends: string[] = []
  /** Of each host. */
  private doors: readonly Door[] = []
  private sent = 0
  private requests = 0
  private passedMs = 0
  /** Where the virtual clock begins; it does not go on by itself, however long a case takes. */
  private readonly startedAt = Date.now()

  constructor(testCase: FaultCase, world: World, bot: FaultBot) {
    played += 1
    this.testCase = testCase
    this.world = world
    this.bot = bot
    this.name = `${testCase.id}-${played}`
  }

  async start(): Promise<void> {
    const { clock, world } = this.testCase
    const urls = await this.bot.start()
    this.doors =
      clock === 'virtual'
        ? [createAuthenticatorDoor(this.world, this.bot.log, () => this.startedAt + this.passedMs)]
        : urls.map(createSocketDoor)
    if (world) await this.follow(world)
  }

  async play(phase: Phase): Promise<void> {
    if ('deliver' in phase) return this.deliver(phase)
    if ('proactive' in phase) return this.speakFirst(phase.proactive, phase.times ?? 1)
    if ('openGate' in phase) return this.bot.gate.open()
    if ('kill' in phase) return this.bot.kill(phase.kill)
    if ('close' in phase) return void this.bot.adapter.close()
    if ('untilSaid' in phase) return this.untilSaid(phase.untilSaid)
    if ('follow' in phase) return this.follow(phase.follow)
    if ('publish' in phase) return this.world.publish(phase.publish)
    if ('passMs' in phase) return void (this.passedMs += phase.passMs)
    if ('write' in phase) return this.write(phase.write)
    if ('stored' in phase) return this.checkStored(phase.stored)
    for (let time = 0; time < phase.repeat; time += 1) for (const inner of phase.phases) await this.play(inner)
  }

  result(outcomes: readonly Outcome[]): FaultResult {
    const { world, bot, testCase, ends } = this
    const calls = { ...world.identity.calls, connector: world.connector.calls.length }
    const seen = { outcomes, world, log: bot.log, turns: bot.turns, calls, ends, expansion: this.expansion('0') }
    const problems = judgeFault(testCase.expect, seen)
    const { id, family, title } = testCase
    return {
      id,
      family,
      title,
      verdict: problems.length === 0 ? 'asRequired' : 'otherAnswer',
      problems,
      heldMs: Math.max(0, ...outcomes.map(({ ms }) => ms)),
      calls,
      turns: bot.turns,
      said: world.connector.said,
    }
  }

  private async deliver(phase: Extract<Phase, { deliver: unknown }>): Promise<void> {
    const { deliver, times = 1, how = 'inTurn', same = false } = phase
    const first = this.requests
    const requests = Array.from({ length: times }, () => this.request(deliver, same ? first + 1 : undefined))
    const turnsBefore = this.bot.turns
    const sent = this.send(requests, how)
    if (phase.untilTurns !== undefined) {
      const wanted = turnsBefore + phase.untilTurns
      return eventually(() => this.bot.turns >= wanted)
    }
    if (!phase.leaveRunning) await sent
  }

  private request(spec: RequestSpec, number: number | undefined): RawRequest {
    this.requests += 1
    return createRawRequest(spec, {
      keys: this.world.keys,
      expansion: this.expansion(String(number ?? this.requests)),
      host: '127.0.0.1',
      target: '/api/messages',
      keepAlive: false,
    })
  }

  private async send(requests: readonly RawRequest[], how: 'inTurn' | 'together' | 'pipelined'): Promise<void> {
    if (how === 'pipelined') {
      const all = this.nextDoor().pipeline(requests.map((request) => keptAlive(request)))
      requests.forEach((_, index) => this.answers.push(all.then((outcomes) => outcomes[index]!)))
      await all
      return
    }
    const sent: Promise<Outcome>[] = []
    for (const request of requests) {
      const answer = this.nextDoor().exchange(request)
      this.answers.push(answer)
      sent.push(answer)
      if (how === 'inTurn') await answer
    }
    await Promise.all(sent)
  }

  private nextDoor(): Door {
    this.sent += 1
    return this.doors[(this.sent - 1) % this.doors.length]!
  }

  private async speakFirst(patch: Readonly<Record<string, unknown>>, times: number): Promise<void> {
    const reference = expand({ ...REFERENCE, ...patch }, this.expansion('0')) as Partial<ConversationReference>
    const speak = (): Promise<string> =>
      this.end(this.bot.adapter.continueConversationAsync(BOT_APP_ID, reference, this.bot.logic))
    this.ends.push(...(await Promise.all(Array.from({ length: times }, speak))))
  }

  private async untilSaid(count: number): Promise<void> {
    await eventually(() => this.world.connector.said.length >= count)
    // The bot has yet to read the connector's answer.
    await sleep(ANSWER_MS)
  }

  private async follow(faults: WorldFaults): Promise<void> {
    const { identity, connector } = this.world
    if (faults.connectorStartsAfterMs !== undefined) await connector.goAway(faults.connectorStartsAfterMs)
    if (faults.connectorResets !== undefined) connector.resets = faults.connectorResets
    if (faults.connector) connector.follow(faults.connector)
    identity.script(faults)
  }

  private async write(items: Readonly<Record<string, unknown>>): Promise<void> {
    const changes = expand(items, this.expansion('0')) as Record<string, unknown>
    this.ends.push(await this.end(this.bot.storage.write(changes)))
  }

  private async checkStored(items: Readonly<Record<string, unknown>>): Promise<void> {
    const stored = await this.bot.storage.read(Object.keys(items))
    for (const [key, wanted] of Object.entries(items)) {
      const { eTag: _, ...item } = (stored[key] ?? { missing: true }) as Record<string, unknown>
      const isRight = wanted === null ? 'missing' in item : JSON.stringify(item) === JSON.stringify(wanted)
      this.ends.push(isRight ? 'stored' : `${key} is ${JSON.stringify(item)}`)
    }
  }

  private async end(action: Promise<unknown>): Promise<string> {
    try {
      await action
      return 'done'
    } catch (error) {
      return ParleyError.isParleyError(error) ? error.code : String(error)
    }
  }

  private expansion(n: string): Expansion {
    const nowSeconds = Math.floor((Date.now() + this.passedMs) / 1000)
    return { names: { ...this.world.names, case: this.name, n }, nowSeconds }
  }
}

/** What a bot keeps of a conversation. */
const REFERENCE = {
  serviceUrl: '{{serviceUrl}}',
  channelId: 'msteams',
  conversation: { id: '{{case}}' },
  bot: { id: '28:{{bot}}' },
  user: { id: '29:1-user' },
} as const

/** Requests that share a connection must not end it. */
function keptAlive(request: RawRequest): RawRequest {
  const head = Buffer.from(
    request.head.toString('latin1').replace('Connection: close', 'Connection: keep-alive'),
    'latin1',
  )
  return { ...request, head }
}
