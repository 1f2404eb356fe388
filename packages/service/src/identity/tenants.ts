/** The tenant multi-tenant bots get their tokens from, `botframework.com`. */
export const BOT_FRAMEWORK_TENANT_ID = 'd6d49420-f39b-4df7-a1dc-d59a935871db'

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['botframework.com', BOT_FRAMEWORK_TENANT_ID],
  ['common', BOT_FRAMEWORK_TENANT_ID],
  ['organizations', BOT_FRAMEWORK_TENANT_ID],
])

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The id of the tenant a path segment names: an id, `botframework.com`, `common` or `organizations`. */
export function tenantIdOf(segment: string): string | undefined {
  const name = segment.toLowerCase()
  return ALIASES.get(name) ?? (GUID.test(name) ? name : undefined)
}

/** Issuer of the access tokens of a tenant, in the form of version 1.0 tokens. */
export function tenantIssuer(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`
}
