import { CloudAdapter } from '@parley/adapter'
import type { InboundRequest } from '@parley/adapter'
import { silentLogger } from '@parley/core'
import * as fc from 'fast-check'
import { botOptions } from '../bots/bot-options.ts'
import type { TokenSpec } from '../cases/inbound-case.ts'
import { createToken } from '../request/create-token.ts'
import { World } from '../world/world.ts'
import { FuzzBot } from './fuzz-bot.ts'
import { fuzzInputArbitrary, mutateText } from './fuzz-input.ts'
import type { FuzzInput, FuzzToken } from './fuzz-input.ts'
import { HeapWatch } from './heap-watch.ts'
import type { HeapUse } from './heap-watch.ts'

/** How much to try. */
export interface FuzzOptions {
  /** How many requests. */
  readonly runs: number
  /** Where the random choices begin; the same seed makes the same requests. */
  readonly seed: number
  /** Told how many have been made, now and then. */
  readonly onProgress?: ((runs: number) => void) | undefined
}

/** What came of it. */
export interface FuzzResult {
  readonly runs: number
  readonly seed: number
  /** Requests that reached the bot. */
  readonly turns: number
  /** Requests with a token that must be refused. */
  readonly unproven: number
  /** 5xx answers and turns without a valid token, each as small as it could be made. Empty when all is well. */
  readonly failures: readonly string[]
  /** `undefined` in short runs, and unless node runs with `--expose-gc`. */
  readonly heap: HeapUse | undefined
}

const BATCH = 5_000

/**
 * Sends requests of every kind to Parley's adapter, in process, whose replies leave over loopback, and watches for three things:
 * an answer of 5xx, a turn without a valid token, and memory that does not come back.
 */
export async function runFuzz({ runs, seed, onProgress }: FuzzOptions): Promise<FuzzResult> {
  const world = await World.start()
  const subject = new Subject(world)
  const heap = new HeapWatch()
  const failures: string[] = []
  try {
    for (let done = 0; done < runs && failures.length === 0; done += BATCH) {
      subject.renewTokens()
      const numRuns = Math.min(BATCH, runs - done)
      const outcome = await fc.check(
        fc.asyncProperty(fuzzInputArbitrary(`${world.connector.url}/`), (input) => subject.try(input)),
        { numRuns, seed: seed + done, endOnFailure: false },
      )
      if (outcome.failed) failures.push(describe(outcome))
      heap.sample()
      onProgress?.(Math.min(runs, done + numRuns))
    }
    return { runs, seed, turns: subject.turns, unproven: subject.unproven, failures, heap: heap.use }
  } finally {
    await subject.close()
    await world.close()
  }
}

function describe({ seed, counterexamplePath, counterexample, errorInstance }: fc.RunDetails<[FuzzInput]>): string {
  const [input] = counterexample ?? []
  const body = input ? Buffer.from(input.body).toString('utf8').slice(0, 2000) : ''
  return `${String(errorInstance)} (seed ${seed}, path ${counterexamplePath}) token ${input?.token.kind} body ${body}`
}

/** The adapter under test. */
class Subject {
  unproven = 0
  private readonly world: World
  private readonly adapter: CloudAdapter
  private readonly bot = new FuzzBot()
  private tokens: Readonly<Record<string, string>> = {}

  constructor(world: World) {
    this.world = world
    this.adapter = new CloudAdapter({ ...botOptions('channel', world), logger: silentLogger })
  }

  get turns(): number {
    return this.bot.turns
  }

  close(): Promise<void> {
    return this.adapter.close()
  }

  /** A long run outlives its tokens. */
  renewTokens(): void {
    const { keys, names } = this.world
    const expansion = { names, nowSeconds: Math.floor(Date.now() / 1000) }
    const make = (spec: TokenSpec): string => createToken(spec, keys, expansion)
    this.tokens = {
      valid: make({}),
      rogue: make({ signedBy: 'rogue', kidOf: 'channel' }),
      audience: make({ claims: { aud: '{{otherBot}}' } }),
      expired: make({ claims: { nbf: { $now: -7200 }, exp: { $now: -3600 } } }),
      issuer: make({ claims: { iss: 'https://evil.test' } }),
    }
  }

  /** @throws When an oracle is broken. */
  async try({ token, body }: FuzzInput): Promise<void> {
    const authorization = this.authorizationOf(token)
    const isProven = this.isValid(authorization)
    const before = this.bot.turns
    const { status } = await this.adapter.handle(requestOf(authorization, body), (context) => this.bot.run(context))
    this.world.connector.calls.length = 0
    if (status >= 500 && status !== 501) throw new Error(`answered ${status}`)
    if (isProven) return
    this.unproven += 1
    if (this.bot.turns !== before) throw new Error('the handler ran without a valid token')
    if (status !== 401 && status !== 403 && status !== 431) throw new Error(`answered ${status} to a stranger`)
  }

  private authorizationOf(token: FuzzToken): string | undefined {
    if (token.kind === 'none') return undefined
    if (token.kind === 'mutated') return mutateText(`Bearer ${this.tokens['valid']}`, token.mutations)
    return `Bearer ${this.tokens[token.kind]}`
  }

  /** Whether it is the good token, perhaps with other blanks or with other bits where base64url has some to spare. */
  private isValid(authorization: string | undefined): boolean {
    const [scheme, token = ''] = authorization?.trim().split(/ +/) ?? []
    const good = this.tokens['valid'] ?? ''
    return (
      scheme?.toLowerCase() === 'bearer' &&
      token.split('.').map(decoded).join('.') === good.split('.').map(decoded).join('.')
    )
  }
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString('base64url')
}

function requestOf(authorization: string | undefined, bytes: Uint8Array): InboundRequest {
  const headers: Readonly<Record<string, string | undefined>> = { 'content-type': 'application/json', authorization }
  return {
    method: 'POST',
    header: (name) => headers[name],
    rawHeaders: authorization === undefined ? [] : ['Authorization', authorization],
    remoteAddress: '127.0.0.1',
    body: async () => ({ kind: 'bytes', bytes }),
  }
}
