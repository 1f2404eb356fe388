import type { InboundCase, InboundStep } from '../cases/inbound-case.ts'
import type { Expansion } from '../request/expand.ts'
import { RawConnection } from '../request/raw-connection.ts'
import type { Outcome } from '../request/raw-connection.ts'
import { createRawRequest } from '../request/raw-request.ts'
import type { RawRequest } from '../request/raw-request.ts'
import type { World } from '../world/world.ts'
import type { StepJudgement } from './judge-step.ts'
import type { CaseResult } from './verdict.ts'
import { Watch } from './watch.ts'
import type { BotUnderTest } from './watch.ts'

let played = 0

/**
 * Plays one case against a bot, and judges it. Cases of one world are played one after the other.
 *
 * @param settleMs - How long after an answer a handler may still show that it ran. Default 0: it waits for its own reply.
 * @throws {@link CorpusInvalidError} `TESTING_CORPUS_INVALID`: the case cannot be played as it is written.
 */
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
    // What is wrong with the case, or with us, is not held against the bot.
    if (!isSystemError(error)) throw error
    return {
      id,
      family,
      title,
      verdict: 'noAnswer',
      problems: [`nobody listens: ${error.code}`],
      heldMs: 0,
    }
  }
}

/** Such as `ECONNREFUSED`; the codes of Node's own errors begin with `ERR_`. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  const { code } = (error ?? {}) as NodeJS.ErrnoException
  return /^E[A-Z\d]+$/.test(String(code))
}

/** One case with its bot, its world and its connection. */
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
    try {
      this.connection = (this.isKept ? this.connection : undefined) ?? (await this.open())
      return await this.connection.exchange(request)
    } finally {
      if (!this.isKept) this.connection?.close()
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
