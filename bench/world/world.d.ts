/** What a candidate and the load are told about the world. */
export interface World {
  readonly origin: string
  readonly serviceUrl: string
  readonly appId: string
  readonly appPassword: string
  readonly tenantId: string
  readonly inboundTokens: { readonly channel: string; readonly tenant: string }
  readonly refusedTokens: { readonly expired: string; readonly wrongAudience: string }
  readonly tokenUrl: string
}
