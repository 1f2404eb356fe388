import type { ServiceCloud } from './service-cloud.ts'

/** Stand for no tenant in particular; an app without a user can only mean its own. */
const ANY_TENANT: ReadonlySet<string> = new Set(['common', 'organizations'])

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The id of the tenant a path segment names: an id, the name of the cloud's bot tenant, `common` or `organizations`. */
export function tenantIdOf(segment: string, { botTenantId, botTenantName }: ServiceCloud): string | undefined {
  const name = segment.toLowerCase()
  if (name === botTenantName || ANY_TENANT.has(name)) return botTenantId
  return GUID.test(name) ? name : undefined
}

/** Whether an issuer is a tenant's: its tokens are then checked with the keys of the tenant. */
export function isTenantIssuer(issuer: string): boolean {
  return tenantIssuer(issuer.split('/')[3] ?? '') === issuer
}

/** Issuer of the access tokens of a tenant, in the form of version 1.0 tokens. It is the same in all clouds. */
export function tenantIssuer(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}
