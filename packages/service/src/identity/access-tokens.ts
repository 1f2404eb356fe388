import { randomBytes } from 'node:crypto'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { KeyRing } from './key-ring.ts'
import type { ServiceCloud } from './service-cloud.ts'
import { stableGuid } from './stable-guid.ts'
import { tenantIssuer } from './tenants.ts'
import type { TokenOverrides } from './token-overrides.ts'
import type { ClientProof } from './token-request.ts'
import { verifyToken } from './verify-token.ts'

/** What `appidacr` says: how the app proved itself. */
const APP_ID_ACR: Readonly<Record<ClientProof, string>> = { secret: '1', certificate: '2' }

export interface AccessTokensOptions {
  readonly keys: KeyRing
  readonly cloud: ServiceCloud
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
  issue(bot: RegisteredBot, overrides: TokenOverrides = {}, proof: ClientProof = 'secret'): string {
    const now = toSeconds(this.options.clock.now())
    const tenantId = this.tenantOf(bot)
    const objectId = this.objectIdOf(bot)
    return this.options.keys.sign({
      aud: overrides.audience ?? this.options.cloud.connectorAudience,
      iss: tenantIssuer(tenantId),
      iat: now,
      nbf: now,
      exp: now + (overrides.lifetimeSeconds ?? this.lifetimeSeconds),
      appid: bot.appId,
      appidacr: APP_ID_ACR[proof],
      idp: tenantIssuer(tenantId),
      oid: objectId,
      sub: objectId,
      tid: tenantId,
      uti: randomBytes(16).toString('base64url'),
      ver: '1.0',
      ...overrides.claims,
    })
  }

  /** The bot that has no app id, and so no tokens. */
  get anonymousBot(): RegisteredBot | undefined {
    return this.options.bots.all().find(({ isAnonymous }) => isAnonymous)
  }

  /** Id of the bot's service principal, `oid` and `sub` of its tokens: the same in every run, different in every tenant. */
  objectIdOf(bot: RegisteredBot): string {
    return stableGuid(`${this.tenantOf(bot)}/${bot.appId}`)
  }

  /** The tenant the bot gets its tokens from. */
  tenantOf({ tenantId }: RegisteredBot): string {
    return tenantId ?? this.options.cloud.botTenantId
  }

  /** The bot a token was issued to, for the Connector API; `undefined` when the token does not prove one. */
  botOf(token: string): RegisteredBot | undefined {
    const check = verifyToken(token, {
      keys: this.options.keys,
      clock: this.options.clock,
      audience: this.options.cloud.connectorAudience,
    })
    if (check.kind !== 'valid') return undefined
    const { appid, iss, ver } = check.claims
    const bot = typeof appid === 'string' ? this.options.bots.find(appid) : undefined
    return bot && ver === '1.0' && iss === tenantIssuer(this.tenantOf(bot)) ? bot : undefined
  }
}
