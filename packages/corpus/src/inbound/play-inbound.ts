import { setTimeout as sleep } from 'node:timers/promises'
import type { MemoryLog } from '../bots/memory-log.ts'
import type { InboundCase, InboundExpectation, InboundStep } from '../cases/inbound-case.ts'
import type { Expansion } from '../request/expand.ts'
import { RawConnection } from '../request/raw-connection.ts'
import type { Outcome } from '../request/raw-connection.ts'
import { createRawRequest } from '../request/raw-request.ts'
import type { RawRequest } from '../request/raw-request.ts'
import type { World } from '../world/world.ts'
import { judgeStep } from './judge-step.ts'
import type { SeenLog, StepJudgement } from './judge-step.ts'
import type { CaseResult } from './verdict.ts'

/** A bot that listens, and its log when it is our own. */
export interface BotUnderTest {
  readonly url: string
  readonly log?: MemoryLog
}

/** How long a turn whose sender has gone may take to show, in milliseconds. */
const GONE_TIMEOUT_MS = 5_000
const POLL_MS = 5

let played = 0

/** Plays one case against a bot, and judges it. Cases of one world are played one after the other. */
export async function playInbound(
  testCase: InboundCase,
  bot: BotUnderTest,
  world: World,
  settleMs = 0,
): Promise<CaseResult> {
  played += 1
  const expansion: Expansion = {
    names: { ...world.names, case: `${testCase.id}-${played}`, n: '1' },
    nowSeconds: Math.floor(Date.now() / 1000),
  }
  const { id, family, title } = testCase
  try {
    const stage = new Stage(testCase, bot, world, expansion, settleMs)
    const judgements = await (testCase.connection === 'pipelined' ? stage.playTogether() : stage.playInTurn())
    const worst = judgements.find(({ verdict }) => verdict !== 'asRequired')
    return {
      id,
      family,
      title,
      verdict: worst?.verdict ?? 'asRequired',
      problems: judgements.flatMap(({ problems }) => problems),
      heldMs: Math.max(...judgements.map(({ ms }) => ms)),
    }
  } catch (error) {
    return {
      id,
      family,
      title,
      verdict: 'noAnswer',
      problems: [`nobody listens: ${(error as Error).message}`],
      heldMs: 0,
    }
  }
}

class Stage {
  private readonly steps: readonly InboundStep[]
  private readonly isKept: boolean
  private readonly bot: BotUnderTest
  private readonly world: World
  private readonly expansion: Expansion
  private readonly settleMs: number
  private connection: RawConnection | undefined

  constructor(testCase: InboundCase, bot: BotUnderTest, world: World, expansion: Expansion, settleMs: number) {
    this.steps = testCase.steps
    this.isKept = testCase.connection !== undefined
    this.bot = bot
    this.world = world
    this.expansion = expansion
    this.settleMs = settleMs
  }

  async playInTurn(): Promise<StepJudgement[]> {
    const judgements: StepJudgement[] = []
    try {
      for (const [index, step] of this.steps.entries()) {
        const request = this.requestOf(step, index)
        const seen = this.watch()
        const outcome = await this.send(request)
        judgements.push(await seen.judge(step, request, outcome))
      }
    } finally {
      this.connection?.close()
    }
    return judgements
  }

  /** Answers to requests sent together cannot be told apart by what happens meanwhile; their turns are counted together. */
  async playTogether(): Promise<StepJudgement[]> {
    const requests = this.steps.map((step, index) => this.requestOf(step, index))
    const seen = this.watch()
    const connection = (this.connection = await this.open())
    try {
      const outcomes = await connection.pipeline(requests)
      return await seen.judgeTogether(this.steps, requests, outcomes)
    } finally {
      connection.close()
    }
  }

  private requestOf({ request }: InboundStep, index: number): RawRequest {
    const { host, pathname } = new URL(this.bot.url)
    const keepAlive = this.isKept && index < this.steps.length - 1
    return createRawRequest(request, {
      keys: this.world.keys,
      expansion: this.expansion,
      host,
      target: pathname,
      keepAlive,
    })
  }

  private async send(request: RawRequest): Promise<Outcome> {
    const beside = await this.openHalf(request.transport.besideHalfOpen ?? 0)
    const connection = (this.isKept ? this.connection : undefined) ?? (await this.open())
    this.connection = connection
    try {
      return await connection.exchange(request)
    } finally {
      if (!this.isKept) connection.close()
      for (const half of beside) half.close()
    }
  }

  private open(): Promise<RawConnection> {
    return RawConnection.open(this.bot.url)
  }

  private async openHalf(count: number): Promise<RawConnection[]> {
    const opened = await Promise.all(Array.from({ length: count }, () => this.open()))
    for (const connection of opened) connection.writeBytes('POST / HTTP/1.1\r\nHost: half')
    return opened
  }

  private watch(): Watch {
    return new Watch(this.bot, this.world, this.settleMs)
  }
}

/** What happens from its making on. */
class Watch {
  private readonly bot: BotUnderTest
  private readonly world: World
  private readonly settleMs: number
  private readonly calls: number
  private readonly stolen: number
  private readonly lines: number

  constructor(bot: BotUnderTest, world: World, settleMs: number) {
    this.bot = bot
    this.world = world
    this.settleMs = settleMs
    this.calls = world.connector.calls.length
    this.stolen = world.attacker.requests.length
    this.lines = bot.log?.lines.length ?? 0
  }

  async judge({ expect }: InboundStep, { token }: RawRequest, outcome: Outcome): Promise<StepJudgement> {
    if (outcome.kind === 'left') await this.settled(expect)
    if (this.settleMs > 0) await sleep(this.settleMs)
    const ran = this.turns > 0 || hasReplies(outcome) || this.stolenNow.some(isReply)
    return judgeStep(expect, { outcome, ran, token, stolen: this.stolenNow, log: this.log }, this.world.secrets)
  }

  async judgeTogether(
    steps: readonly InboundStep[],
    requests: readonly RawRequest[],
    outcomes: readonly Outcome[],
  ): Promise<StepJudgement[]> {
    if (this.settleMs > 0) await sleep(this.settleMs)
    const required = steps.filter(({ expect }) => expect.turn).length
    const stolen = this.stolenNow
    const judgements = steps.map(({ expect }, at) => {
      const seen = { outcome: outcomes[at]!, ran: undefined, token: requests[at]!.token, stolen, log: undefined }
      return judgeStep(expect, seen, this.world.secrets)
    })
    if (this.turns === required) return judgements
    const verdict = this.turns > required ? 'ranWrongly' : 'refusedWrongly'
    return [...judgements, { verdict, problems: [`${this.turns} turns ran, not ${required}`], ms: 0 }]
  }

  private get turns(): number {
    return this.world.connector.calls.length - this.calls
  }

  private get stolenNow(): readonly string[] {
    return this.world.attacker.requests.slice(this.stolen)
  }

  private get log(): SeenLog | undefined {
    const { log } = this.bot
    if (!log) return undefined
    const refusals = log.lines
      .slice(this.lines)
      .filter(({ facts }) => facts['ev'] === 'inbound.refused' || facts['ev'] === 'turn.failed')
      .map(({ facts }) => ({ code: facts['code'], id: facts['id'] }))
    return { refusals, text: log.text(this.lines) }
  }

  /** The sender has gone: only the turn, or the log, tells when the bot is done with the request. */
  private async settled({ turn, code }: InboundExpectation): Promise<void> {
    const isDone = (): boolean => (turn ? this.turns > 0 : (this.log?.refusals.length ?? 0) > 0)
    const waitMs = turn || (code !== undefined && this.bot.log) ? GONE_TIMEOUT_MS : POLL_MS * 4
    const until = performance.now() + waitMs
    while (!isDone() && performance.now() < until) await sleep(POLL_MS)
  }
}

/** Whether what reached the attacker was meant for a connector: the handler ran, and its reply went astray. */
function isReply(request: string): boolean {
  return request.includes(' /v3/')
}

function hasReplies(outcome: Outcome): boolean {
  if (outcome.kind !== 'answered' || outcome.answer.status !== 200) return false
  try {
    const { activities } = JSON.parse(outcome.answer.body) as { activities?: unknown[] }
    return (activities?.length ?? 0) > 0
  } catch {
    return false
  }
}

/** Codes a case makes a bot log. */
export function codesOf({ steps }: InboundCase): string[] {
  return steps.flatMap(({ expect: { code } }) => code ?? [])
}

/** Whether a case takes seconds rather than milliseconds, because its client is slow. */
export function isSlow({ steps }: InboundCase): boolean {
  return steps.some(({ request: { transport } }) => transport?.drip !== undefined)
}
