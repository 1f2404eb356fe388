import { toSeconds } from '../clock.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { IdentityClock } from './identity-clock.ts'
import type { KeyRing } from './key-ring.ts'
import type { TokenOverrides } from './token-overrides.ts'

/** A token is no longer handed out when it has less than this left: bots allow for clocks that differ by minutes. */
const RENEW_BEFORE_EXPIRY_SECONDS = 300

export interface ChannelTokensOptions {
  readonly keys: KeyRing
  readonly issuer: string
  /** Put in the `serviceurl` claim, and compared by bots with the activity's `serviceUrl`, character by character. */
  readonly serviceUrl: string
  readonly clock: IdentityClock
  readonly lifetimeSeconds: number
}

interface CachedToken {
  readonly token: string
  readonly kid: string
  readonly renewAt: number
  readonly skewSeconds: number
}

/** The tokens by which a bot knows that an activity comes from this service. */
export class ChannelTokens {
  private readonly options: ChannelTokensOptions
  private readonly cache: Map<string, CachedToken> = new Map()

  constructor(options: ChannelTokensOptions) {
    this.options = options
  }

  /**
   * The token to send with an activity; none to a bot without an app id. It is the same one for most of its life, as real
   * channels do, so bots can cache it too.
   */
  async get(bot: RegisteredBot): Promise<string | undefined> {
    if (bot.isAnonymous) return undefined
    const { keys, clock, lifetimeSeconds } = this.options
    await keys.ready()
    const now = toSeconds(clock.now())
    const cached = this.cache.get(bot.appId)
    const { skewSeconds } = clock
    const isOfNow = cached?.kid === keys.currentKid && cached.skewSeconds === skewSeconds
    if (cached && isOfNow && cached.renewAt > now) return cached.token
    const token = this.issue(bot)
    const renewAt = now + Math.max(lifetimeSeconds - RENEW_BEFORE_EXPIRY_SECONDS, lifetimeSeconds / 2)
    this.cache.set(bot.appId, { token, kid: keys.currentKid, renewAt, skewSeconds })
    return token
  }

  /** Issues a token that is not kept. */
  issue(bot: RegisteredBot, overrides: TokenOverrides = {}): string {
    const { keys, clock, issuer, serviceUrl, lifetimeSeconds } = this.options
    const now = toSeconds(clock.now())
    return keys.sign({
      iss: issuer,
      aud: overrides.audience ?? bot.appId,
      iat: now,
      nbf: now,
      exp: now + (overrides.lifetimeSeconds ?? lifetimeSeconds),
      serviceurl: serviceUrl,
      ...overrides.claims,
    })
  }
}
