import { BOT_FRAMEWORK_TENANT, MICROSOFT_SERVICES_TENANT } from '../cloud.ts'
import type { Cloud } from '../cloud.ts'
import { printable, refused } from '../refusals.ts'
import type { TokenClaims } from './token-parts.ts'

/** Which tenants' tokens are accepted. Computed once from the configuration; nothing a token says is ever added. */
export interface TenantIssuers {
  /** Whether an `iss` is spelt like a tenant's, accepted or not: tells whose keys to look into. */
  isTenantIssuer(issuer: unknown): boolean
  /** Whether an `iss` is one of the configured ones. */
  accepts(issuer: unknown): boolean
  /** `AUTH_TENANT`: the issuer must be configured, and the tenant in it must be the token's `tid`. */
  requireAccepted(claims: TokenClaims): void
}

/** @param tenantId - The bot's own tenant (single-tenant bots), added to the cloud's list. */
export function createTenantIssuers(cloud: Cloud, tenantId?: string): TenantIssuers {
  const { tenantIssuerTemplates: templates } = cloud
  return createIssuers([...cloud.tenantIssuers, ...issuersOf(tenantId ? [tenantId] : [], templates)], templates)
}

/** How the issuers of the App Service Extension's tokens are spelt, in every cloud. */
const EXTENSION_TEMPLATES = [
  'https://sts.windows.net/{tenant}/',
  'https://login.microsoftonline.com/{tenant}/v2.0',
  'https://login.microsoftonline.us/{tenant}/v2.0',
]

/** Whose tokens the Direct Line App Service Extension sends: those of the bot's own tenant and of Microsoft's. */
export function createExtensionIssuers(tenantId?: string): TenantIssuers {
  const tenants = [BOT_FRAMEWORK_TENANT, MICROSOFT_SERVICES_TENANT, ...(tenantId ? [tenantId] : [])]
  return createIssuers(issuersOf(tenants, EXTENSION_TEMPLATES), EXTENSION_TEMPLATES)
}

/** Accepts nobody. */
export const noIssuers: TenantIssuers = createIssuers([], [])

function issuersOf(tenants: readonly string[], templates: readonly string[]): string[] {
  return tenants.flatMap((tenant) => templates.map((template) => template.replace('{tenant}', tenant)))
}

function createIssuers(issuers: readonly string[], templates: readonly string[]): TenantIssuers {
  const accepted: ReadonlySet<unknown> = new Set(issuers)
  return Object.freeze({
    accepts: (issuer: unknown): boolean => accepted.has(issuer),
    isTenantIssuer: (issuer: unknown): boolean => accepted.has(issuer) || tenantIn(issuer, templates) !== undefined,
    requireAccepted(claims: TokenClaims): void {
      const { iss: issuer } = claims
      requireConfiguredTenant(issuer, accepted)
      requireSameTenant(tenantIn(issuer, templates), claims)
    },
  })
}

function requireConfiguredTenant(issuer: unknown, accepted: ReadonlySet<unknown>): void {
  if (!accepted.has(issuer)) {
    throw refused(
      'AUTH_TENANT',
      `The tenant of ${printable(issuer)} is not accepted; set tenantId if it is the bot's own.`,
    )
  }
}

function requireSameTenant(tenant: string | undefined, claims: TokenClaims): void {
  if (tenant !== undefined && claims['tid'] !== tenant) {
    throw refused('AUTH_TENANT', `The token's tid ${printable(claims['tid'])} is not the tenant of its issuer.`)
  }
}

/** The tenant that an issuer of the form of one of the templates names. */
function tenantIn(issuer: unknown, templates: readonly string[]): string | undefined {
  if (typeof issuer !== 'string') return undefined
  for (const template of templates) {
    const [prefix = '', suffix = ''] = template.split('{tenant}')
    const tenant: string = issuer.slice(prefix.length, issuer.length - suffix.length)
    if (issuer === prefix + tenant + suffix && /^[^/]+$/.test(tenant)) return tenant
  }
  return undefined
}
