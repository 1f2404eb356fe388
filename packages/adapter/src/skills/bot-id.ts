import type { Claim } from '@parley/core'

/** The app id of the bot whose token states `claims`: tokens of version 2.0 have it in another claim. */
export function botIdOf(claims: readonly Claim[]): string | undefined {
  const valueOf = (type: string): string | undefined => claims.find((claim) => claim.type === type)?.value
  return valueOf('ver') === '2.0' ? valueOf('azp') : valueOf('appid')
}
