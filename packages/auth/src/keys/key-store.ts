import { ParleyError } from '@parley/core'
import type { Logger } from '@parley/core'
import { BoundedMap } from '@parley/core/internal'
import { refused } from '../refusals.ts'
import { fetchKeySet } from './key-set.ts'
import type { KeySet, KeySetLocation, SigningKey } from './key-set.ts'

/** How long keys are trusted and how often an issuer is asked. The defaults suit the Bot Framework's issuers. */
export interface KeyStorePeriods {
  /**
   * Age at which keys are no longer used without asking, so the longest time a withdrawn key is accepted. They are renewed
   * in the background from 80 % of it; past it a request waits for the renewal, unless the last one failed. Default 1 h.
   */
  readonly softTtlMs: number
  /** Age at which keys are dropped although no others can be fetched. Default 24 h. */
  readonly hardTtlMs: number
  /** Least time between two fetches for unknown key ids; the first is free. Default 10 s. */
  readonly unknownKidIntervalMs: number
  /** How long an id that was not in a fresh set is refused without asking. Default 20 s. */
  readonly unknownKidTtlMs: number
  /** Pause after the first failure; doubles with each further one. Default 1 s. */
  readonly backoffMinMs: number
  /** Longest pause between failures. Default 60 s. */
  readonly backoffMaxMs: number
  /** Of each of the two calls of a fetch. Default 5 s. */
  readonly timeoutMs: number
  /** Size of each of the two answers. Default 256 KiB. */
  readonly maxBytes: number
}

const DEFAULT_PERIODS: KeyStorePeriods = {
  softTtlMs: 60 * 60_000,
  hardTtlMs: 24 * 60 * 60_000,
  unknownKidIntervalMs: 10_000,
  unknownKidTtlMs: 20_000,
  backoffMinMs: 1_000,
  backoffMaxMs: 60_000,
  timeoutMs: 5_000,
  maxBytes: 256 * 1024,
}

const RENEW_AT = 0.8
const MAX_UNKNOWN_KIDS = 1_000

/** What a key store needs besides the place of the keys. */
export interface KeyStoreOptions extends KeySetLocation {
  readonly logger: Logger
  /** Milliseconds of a clock that only counts forward. */
  readonly now: () => number
  readonly periods?: Partial<KeyStorePeriods> | undefined
}

/**
 * The keys of one issuer, between the requests that need them and the issuer that publishes them: neither a flood of requests
 * nor an issuer in trouble gets through to the other side. One fetch at a time, whoever asks.
 */
export class KeyStore {
  private readonly options: KeyStoreOptions
  private readonly periods: KeyStorePeriods
  private readonly unknownKids = new BoundedMap<string, number>(MAX_UNKNOWN_KIDS)
  private keys: KeySet | undefined
  private fetchedAt = 0
  private failures = 0
  private retryAt = Number.NEGATIVE_INFINITY
  private unknownKidFetchAt = Number.NEGATIVE_INFINITY
  private fetching: Promise<boolean> | undefined

  constructor(options: KeyStoreOptions) {
    this.options = options
    this.periods = { ...DEFAULT_PERIODS, ...options.periods }
  }

  /** Whether the keys can be used as they are, without a look at their age by {@link KeyStore.ready}. */
  isFresh(): boolean {
    return this.keys !== undefined && this.age() < this.periods.softTtlMs * RENEW_AT
  }

  /** Whether that very key is still published, as far as is known. */
  holds(key: SigningKey): boolean {
    return this.keys?.get(key.kid) === key
  }

  /** Whether a key of that id is cached. Never fetches. */
  knows(kid: string): boolean {
    return this.keys?.has(kid) ?? false
  }

  /**
   * The key of that id; when it is unknown, after one fetch if the issuer may be asked now.
   *
   * @throws InboundRefusedError `AUTH_KEYS_UNAVAILABLE` (503): there are no keys and none can be had.
   */
  async find(kid: string): Promise<SigningKey | undefined> {
    const justFetched = await this.ready()
    const key = this.keys?.get(kid)
    if (key) return key
    if (!justFetched && !(await this.fetchForUnknownKid(kid))) return undefined
    return this.keys?.get(kid) ?? this.rememberUnknown(kid)
  }

  /**
   * Resolves when there are keys that may be used, starting or awaiting a fetch as their age demands.
   *
   * @returns Whether they have just been fetched for this call.
   * @throws InboundRefusedError `AUTH_KEYS_UNAVAILABLE` (503): there are no keys and none can be had.
   */
  async ready(): Promise<boolean> {
    if (this.isFresh()) return false
    const { softTtlMs, hardTtlMs } = this.periods
    const mustWait = !this.keys || this.age() >= hardTtlMs || (this.age() >= softTtlMs && this.failures === 0)
    const fetched = this.fetchIfAllowed()
    const justFetched = mustWait && (await fetched)
    if (this.keys && this.age() >= hardTtlMs) this.keys = undefined
    if (!this.keys) throw this.unavailable()
    return justFetched
  }

  /** @returns Whether the set is newer than the question. */
  private async fetchForUnknownKid(kid: string): Promise<boolean> {
    if (this.isKnownUnknown(kid) || !this.mayFetchForUnknownKid()) return false
    return this.fetchIfAllowed()
  }

  private rememberUnknown(kid: string): undefined {
    this.unknownKids.set(kid, this.options.now() + this.periods.unknownKidTtlMs)
  }

  private isKnownUnknown(kid: string): boolean {
    return (this.unknownKids.get(kid) ?? Number.NEGATIVE_INFINITY) > this.options.now()
  }

  /** A token bucket of one: an unauthenticated sender can make us fetch once per interval. */
  private mayFetchForUnknownKid(): boolean {
    if (this.fetching) return true
    const now = this.options.now()
    if (now < this.unknownKidFetchAt || now < this.retryAt) return false
    this.unknownKidFetchAt = now + this.periods.unknownKidIntervalMs
    return true
  }

  /**
   * Starts or joins a fetch; does nothing while the pause after a failure lasts. Never rejects.
   *
   * @returns Whether a new set was adopted.
   */
  private fetchIfAllowed(): Promise<boolean> {
    if (!this.fetching && this.options.now() >= this.retryAt) {
      this.fetching = this.fetch().finally(() => {
        this.fetching = undefined
      })
    }
    return this.fetching ?? Promise.resolve(false)
  }

  private async fetch(): Promise<boolean> {
    const startedAt = this.options.now()
    try {
      this.adopt(await fetchKeySet(this.options, this.periods), startedAt)
      return true
    } catch (error) {
      this.noteFailure(error)
      return false
    }
  }

  /** Keys that did not change keep their identity, so that tokens verified with them need not be verified again. */
  private adopt(fetched: KeySet, startedAt: number): void {
    const previous = this.keys
    this.keys = new Map([...fetched].map(([kid, key]) => [kid, unchanged(previous?.get(kid), key) ?? key]))
    this.fetchedAt = startedAt
    this.failures = 0
    this.retryAt = Number.NEGATIVE_INFINITY
  }

  private noteFailure(error: unknown): void {
    const { backoffMinMs, backoffMaxMs } = this.periods
    const pauseMs = Math.min(backoffMaxMs, backoffMinMs * 2 ** this.failures)
    this.failures += 1
    this.retryAt = this.options.now() + pauseMs
    const facts = {
      ev: this.keys ? 'auth.keys_stale' : 'auth.keys_unavailable',
      url: this.options.metadataUrl,
      ageMs: this.keys ? this.age() : undefined,
      failures: this.failures,
      code: ParleyError.isParleyError(error) ? error.code : undefined,
      reason: error instanceof Error ? error.message : String(error),
    }
    this.options.logger.error(facts, 'the keys that verify inbound tokens could not be fetched')
  }

  private unavailable(): Error {
    const waitMs = Math.max(this.retryAt - this.options.now(), this.periods.backoffMinMs)
    return refused('AUTH_KEYS_UNAVAILABLE', `No keys could be fetched from ${this.options.metadataUrl}.`, {
      retryAfterSeconds: Math.ceil(waitMs / 1000),
    })
  }

  private age(): number {
    return this.options.now() - this.fetchedAt
  }
}

function unchanged(before: SigningKey | undefined, after: SigningKey): SigningKey | undefined {
  if (!before?.key.equals(after.key)) return undefined
  const same = JSON.stringify(before.endorsements) === JSON.stringify(after.endorsements)
  return same ? before : undefined
}
