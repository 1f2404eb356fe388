import type { BotHealth } from '../bots/bot-health.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { ConnectorFaults } from '../connector/faults/connector-faults.ts'
import type { DirectLineAccess } from '../direct-line/direct-line-access.ts'
import type { Routes } from '../http/routes.ts'
import type { ResolvedServiceOptions } from '../service-options.ts'
import { AccessTokens } from './access-tokens.ts'
import { ChannelTokens } from './channel-tokens.ts'
import { ClientAssertions } from './client-assertions.ts'
import { Endorsements } from './endorsements.ts'
import { IdentityClock } from './identity-clock.ts'
import { addIdentityControlRoutes } from './identity-control-routes.ts'
import { addIdentityRoutes } from './identity-routes.ts'
import { keptKeyRing } from './kept-key-ring.ts'
import { KeyRing } from './key-ring.ts'
import { ServiceIdentity } from './service-identity.ts'
import type { KeyOwner } from './service-identity.ts'
import { isTenantIssuer } from './tenants.ts'

/** What the identity provider is made from. */
export interface IdentityFoundation {
  readonly options: ResolvedServiceOptions
  readonly keys: Readonly<Record<KeyOwner, KeyRing>>
  readonly routes: Routes
  /** What activities name as `serviceUrl`. */
  readonly serviceUrl: string
  /** `iss` of the tokens sent to bots. */
  readonly issuer: string
  readonly bots: BotRegistry
}

/**
 * The keys of channel and tenants. They are different ones, so that neither passes for the other, unless the channel is to speak
 * as a tenant.
 */
export function createIssuerKeys({
  issuer,
  keysFolder,
}: ResolvedServiceOptions): Readonly<Record<'channel' | 'tenant', KeyRing>> {
  const ring = (name: string): KeyRing => (keysFolder === undefined ? new KeyRing() : keptKeyRing(keysFolder, name))
  const tenant = ring('tenant')
  return { tenant, channel: issuer !== undefined && isTenantIssuer(issuer) ? tenant : ring('channel') }
}

/** The tokens of both issuers, and the clock and the endorsements they depend on. */
export interface Identity {
  readonly accessTokens: AccessTokens
  readonly channelTokens: ChannelTokens
  readonly clock: IdentityClock
  readonly endorsements: Endorsements
}

export function createIdentity({ options, keys, serviceUrl, issuer, bots }: IdentityFoundation): Identity {
  const { lifetimes, cloud } = options
  const clock = new IdentityClock(options.clock)
  return {
    accessTokens: new AccessTokens({
      keys: keys.tenant,
      cloud,
      bots,
      clock,
      lifetimeSeconds: lifetimes.accessTokenSeconds,
    }),
    channelTokens: new ChannelTokens({
      keys: keys.channel,
      issuer,
      serviceUrl,
      clock,
      lifetimeSeconds: lifetimes.channelTokenSeconds,
    }),
    clock,
    endorsements: new Endorsements(),
  }
}

/** Who has a say in the identity provider's addresses, and hears of what happens there. */
export interface IdentityDoors {
  readonly health: BotHealth
  readonly faults: ConnectorFaults
  readonly access: DirectLineAccess
}

/** Opens the identity provider's addresses, those of its controls too. @returns the controls. */
export function openIdentity(
  foundation: IdentityFoundation,
  identity: Identity,
  doors: IdentityDoors,
): ServiceIdentity {
  const { options, keys, routes, bots, issuer } = foundation
  const { health, faults, access } = doors
  const { cloud } = options
  addIdentityRoutes(routes, {
    ...identity,
    bots,
    cloud,
    faults,
    assertions: new ClientAssertions({ tenantKeys: keys.tenant, cloud, clock: identity.clock }),
    tenantKeys: keys.tenant,
    channelKeys: keys.channel,
    channelIssuer: issuer,
    onTokenIssued: (bot) => health.noteTokenIssued(bot),
    onWrongSecret: (bot) => health.noteWrongSecret(bot),
    onWrongTenant: (bot) => health.noteWrongTenant(bot),
  })
  const controls = new ServiceIdentity({ ...identity, bots, keys })
  addIdentityControlRoutes(routes, { identity: controls, access, bots })
  return controls
}
