import { silentLogger } from '@parley/core'
import type { Logger } from '@parley/core'
import { publicCloud } from '../cloud.ts'
import type { Cloud } from '../cloud.ts'
import type { SigningKey } from '../keys/key-set.ts'
import { KeyStore } from '../keys/key-store.ts'
import type { KeyStorePeriods } from '../keys/key-store.ts'
import { printable, refused } from '../refusals.ts'
import { identifyChannel } from './channel-token.ts'
import { createExtensionIssuers, createTenantIssuers, noIssuers } from './tenant-issuers.ts'
import { identifyTenant } from './tenant-token.ts'
import type { TokenClaims } from './token-parts.ts'
import type { VerifiedIdentity } from './verified-identity.ts'

/** Whose tokens are accepted, and how their keys are kept. */
export interface TokenPathOptions {
  /** Whose tokens are accepted. Default {@link publicCloud}. */
  readonly cloud?: Cloud | undefined
  /** The bot's own tenant (single-tenant bots): its tokens are accepted besides the cloud's list. */
  readonly tenantId?: string | undefined
  /** Accept the bot's own token, as the Emulator sends it. Default `false`; for development. */
  readonly allowEmulator?: boolean | undefined
  /**
   * Accept the bot's own token for the channel `AseChannel`, as the Direct Line App Service Extension sends it. Default `false`.
   */
  readonly allowAppServiceExtension?: boolean | undefined
  /** App ids of the bots that may call this one; `'*'` lets in every bot of an accepted tenant. Default none. */
  readonly allowedCallers?: readonly string[] | undefined
  /** How long keys are trusted and how often issuers are asked for them. */
  readonly keys?: Partial<KeyStorePeriods> | undefined
  /** Hears when keys cannot be fetched. Default: nobody. */
  readonly logger?: Logger | undefined
  /** Milliseconds since the epoch. Default: this host's clocks, the monotonic one for the age of keys. */
  readonly now?: (() => number) | undefined
}

/** One kind of token: whose keys may have signed it, and what it must state. */
export interface TokenPath {
  readonly keys: KeyStore
  /** `AUTH_KID_UNKNOWN`, `AUTH_SIGNATURE`: the key must be published by this path's issuer. */
  findKey(kid: string): Promise<SigningKey>
  identify(claims: TokenClaims, key: SigningKey, nowSeconds: number): VerifiedIdentity
}

/** The two kinds of token a bot accepts. Keys of one never verify tokens of the other. */
export interface TokenPaths {
  /** The path for a token that says it is from `issuer`; the path itself proves or refuses that. */
  forIssuer(issuer: unknown): TokenPath
}

export function createTokenPaths(appId: string, options: TokenPathOptions): TokenPaths {
  const { cloud = publicCloud, tenantId, allowEmulator = false, allowedCallers = [] } = options
  const channelKeys = createKeyStore(cloud.channelMetadataUrl, cloud, options)
  const tenantKeys = createKeyStore(cloud.tenantMetadataUrl, cloud, options)
  const issuers = createTenantIssuers(cloud, tenantId)
  const extensionIssuers = options.allowAppServiceExtension ? createExtensionIssuers(tenantId) : noIssuers
  const policy = { appId, issuers, extensionIssuers, allowEmulator, allowedCallers: new Set(allowedCallers) }
  const channel: TokenPath = {
    keys: channelKeys,
    findKey: (kid) => requireKey(kid, channelKeys, tenantKeys),
    identify: (claims, key, nowSeconds) => identifyChannel(claims, key, { appId, cloud, nowSeconds }),
  }
  const tenant: TokenPath = {
    keys: tenantKeys,
    findKey: (kid) => requireKey(kid, tenantKeys, channelKeys),
    identify: (claims, _key, nowSeconds) => identifyTenant(claims, policy, nowSeconds),
  }
  const isTenant = (issuer: unknown): boolean => issuers.isTenantIssuer(issuer) || extensionIssuers.accepts(issuer)
  return { forIssuer: (issuer) => (isTenant(issuer) ? tenant : channel) }
}

function createKeyStore(metadataUrl: string, cloud: Cloud, options: TokenPathOptions): KeyStore {
  const { logger = silentLogger, now = monotonicNow, keys: periods } = options
  return new KeyStore({ metadataUrl, keyHosts: cloud.keyHosts, logger, now, periods })
}

/** Ages must not jump when somebody sets the clock. */
function monotonicNow(): number {
  return performance.now()
}

/** The other issuer's keys are looked at for one reason only: to call a forgery by its name. */
async function requireKey(kid: string, keys: KeyStore, otherKeys: KeyStore): Promise<SigningKey> {
  const key = await keys.find(kid)
  if (key) return key
  if (otherKeys.knows(kid)) throw refused('AUTH_SIGNATURE', `The key ${printable(kid)} belongs to another issuer.`)
  throw refused('AUTH_KID_UNKNOWN', `The issuer publishes no key ${printable(kid)}.`)
}
