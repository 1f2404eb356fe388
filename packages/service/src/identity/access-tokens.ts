import { randomBytes } from 'node:crypto'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { KeyRing } from './key-ring.ts'
import { stableGuid } from './stable-guid.ts'
import { BOT_FRAMEWORK_TENANT_ID, tenantIssuer } from './tenants.ts'
import type { TokenOverrides } from './token-overrides.ts'
import { verifyToken } from './verify-token.ts'

/** Audience of the tokens that open the Connector API. */
export const CONNECTOR_AUDIENCE = 'https://api.botframework.com'

export interface AccessTokensOptions {
  readonly keys: KeyRing
  readonly bots: BotRegistry
  readonly clock: Clock
  readonly lifetimeSeconds: number
}

/** The tokens bots get from the identity provider and show to services: RS256, version 1.0 claims. */
export class AccessTokens {
  readonly lifetimeSeconds: number
  private readonly options: AccessTokensOptions

  constructor(options: AccessTokensOptions) {
    this.options = options
    this.lifetimeSeconds = options.lifetimeSeconds
  }

  /** Issues a token for `bot`, by default for the Connector API. */
  issue(bot: RegisteredBot, overrides: TokenOverrides = {}): string {
    const now = toSeconds(this.options.clock.now())
    const tenantId = bot.tenantId ?? BOT_FRAMEWORK_TENANT_ID
    // The bot's service principal: the same in every run, different in every tenant.
    const objectId = stableGuid(`${tenantId}/${bot.appId}`)
    return this.options.keys.sign({
      aud: overrides.audience ?? CONNECTOR_AUDIENCE,
      iss: tenantIssuer(tenantId),
      iat: now,
      nbf: now,
      exp: now + (overrides.lifetimeSeconds ?? this.lifetimeSeconds),
      appid: bot.appId,
      appidacr: '1',
      idp: tenantIssuer(tenantId),
      oid: objectId,
      sub: objectId,
      tid: tenantId,
      uti: randomBytes(16).toString('base64url'),
      ver: '1.0',
      ...overrides.claims,
    })
  }

  /** The bot a token was issued to, for the Connector API; `undefined` when the token does not prove one. */
  botOf(token: string): RegisteredBot | undefined {
    const check = verifyToken(token, {
      keys: this.options.keys,
      clock: this.options.clock,
      audience: CONNECTOR_AUDIENCE,
    })
    if (check.kind !== 'valid') return undefined
    const { appid, iss, ver } = check.claims
    const bot = typeof appid === 'string' ? this.options.bots.find(appid) : undefined
    const fits = ver === '1.0' && iss === tenantIssuer(bot?.tenantId ?? BOT_FRAMEWORK_TENANT_ID)
    return fits ? bot : undefined
  }
}
