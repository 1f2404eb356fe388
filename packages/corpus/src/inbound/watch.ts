import { setTimeout as sleep } from 'node:timers/promises'
import type { MemoryLog } from '../bots/memory-log.ts'
import type { InboundExpectation, InboundStep } from '../cases/inbound-case.ts'
import type { Outcome } from '../request/raw-connection.ts'
import type { RawRequest } from '../request/raw-request.ts'
import type { World } from '../world/world.ts'
import { judgeStep } from './judge-step.ts'
import type { SeenLog, StepJudgement } from './judge-step.ts'

/** A bot that listens, and its log when it is our own. */
export interface BotUnderTest {
  readonly url: string
  readonly log?: MemoryLog
}

/** How long a turn whose sender has gone may take to show, in milliseconds. */
const GONE_TIMEOUT_MS = 5_000
const POLL_MS = 5

/** Sees what happens around a bot from its making on, and judges steps by it. */
export class Watch {
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
    const log = this.log && { ...this.log, refusals: undefined }
    const judgements = steps.map(({ expect }, at) => {
      const seen = { outcome: outcomes[at]!, ran: undefined, token: requests[at]!.token, stolen, log }
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
    const isDone = (): boolean => (turn ? this.turns > 0 : (this.log?.refusals?.length ?? 0) > 0)
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
