import { randomUUID } from 'node:crypto'
import { createInboundAuthenticator, publicCloud, resolveCloud, usGovCloud } from '@parley/auth'
import type { Cloud, InboundAuthenticator, InboundHeaders, VerifiedIdentity } from '@parley/auth'
import { isLoopbackHost } from '@parley/core'
import { BoundedMap } from '@parley/core/internal'
import { authorizationOf, claimedFacts } from './claimed.ts'

/** Whose tokens are accepted. What is `undefined` is as in public Azure. */
export interface VerifierSettings {
  readonly channelIssuer?: string | undefined
  readonly channelMetadataUrl?: string | undefined
  readonly tenantMetadataUrl?: string | undefined
  /** Issuers of tenant tokens, all of them. */
  readonly tenantIssuers?: readonly string[] | undefined
  readonly tenantId?: string | undefined
  readonly loginUrl?: string | undefined
  readonly userTokenUrl?: string | undefined
  readonly outboundAudience?: string | undefined
  readonly callerId?: string | undefined
}

/** Which app ids are this bot's. */
export interface AppIdCheck {
  isValidAppId(appId: string): Promise<boolean>
}

/** No token is for it: stands for the bot where a token is for somebody else. */
const NOBODY = randomUUID()

const authenticators = new BoundedMap<string, InboundAuthenticator>(100)

/**
 * Proves the sender of a request with Parley's authenticator: the one way by which the drop-in packages verify tokens. v4 only
 * asks whether an app id is the bot's, so the token's audience is asked about first and is then what the token must be for.
 *
 * @throws InboundRefusedError `AUTH_…`
 */
export async function verifyToken(
  headers: InboundHeaders,
  credentials: AppIdCheck,
  settings: VerifierSettings,
): Promise<VerifiedIdentity> {
  const audience = claimedFacts(authorizationOf(headers))?.['aud']
  const isOurs = typeof audience === 'string' && audience !== '' && (await credentials.isValidAppId(audience))
  return authenticatorFor(isOurs ? audience : NOBODY, settings).authenticate(headers)
}

/** The authenticator of one app id; requests with the same settings share one, and with it its keys. */
export function authenticatorFor(appId: string, settings: VerifierSettings): InboundAuthenticator {
  const key = JSON.stringify([appId, settings])
  const known = authenticators.get(key)
  if (known) return known
  const made = createInboundAuthenticator({
    appId,
    cloud: cloudOf(settings),
    tenantId: settings.tenantId,
    // The Emulator's token is for this bot and from this bot: whoever has it has the bot's secret.
    allowEmulator: true,
    allowAppServiceExtension: true,
    // Every bot, because v4 asks `validateClaims` about them, which the callers of this module do.
    allowedCallers: ['*'],
  })
  authenticators.set(key, made)
  return made
}

/**
 * The cloud that v4's settings describe.
 *
 * @throws InsecureIdentityUrlError `AUTH_URL_INSECURE`: an address is neither https nor on this machine.
 */
export function cloudOf(settings: VerifierSettings): Cloud {
  const { loginUrl } = settings
  const templates = new Set([...publicCloud.tenantIssuerTemplates, ...usGovCloud.tenantIssuerTemplates])
  if (loginUrl && isLocal(loginUrl)) templates.add(`${loginUrl}{tenant}/v2.0`)
  return resolveCloud(publicCloud, {
    name: 'drop-in',
    channelIssuer: settings.channelIssuer,
    channelMetadataUrl: settings.channelMetadataUrl,
    tenantMetadataUrl: settings.tenantMetadataUrl,
    tenantIssuers: settings.tenantIssuers,
    tenantIssuerTemplates: [...templates],
    loginUrl,
    userTokenUrl: settings.userTokenUrl,
    outboundAudience: settings.outboundAudience,
    callerId: settings.callerId,
    // Where services on this machine may be called is decided by who asks, see `requireCallable`.
    allowLoopback: true,
  })
}

/** Whether an address is on this machine, i.e. somebody develops or tests. */
export function isLocal(address: string | undefined): boolean {
  return address !== undefined && URL.canParse(address) && isLoopbackHost(new URL(address).hostname)
}
