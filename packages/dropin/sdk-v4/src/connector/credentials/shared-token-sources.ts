import { createHash } from 'node:crypto'
import { BoundedMap } from '@parley/core/internal'
import { publicCloud, resolveCloud } from '@parley/auth'
import type { Cloud } from '@parley/auth'
import type { TokenSource } from '@parley/core'
import { loginPartsOf } from './login-parts.ts'

const sources = new BoundedMap<string, TokenSource>(1_000)

/**
 * One token source per credential: v4 makes credentials for every turn, and their tokens must outlive them.
 *
 * @param facts - All that the source is made of. Only a digest of it is kept.
 */
export function sharedTokenSource(facts: readonly unknown[], make: () => TokenSource): TokenSource {
  const key = createHash('sha256').update(JSON.stringify(facts)).digest('base64')
  const known = sources.get(key)
  if (known) return known
  const made = make()
  sources.set(key, made)
  return made
}

/** Where a login endpoint of v4 gives tokens. */
export function loginOf(endpoint: string): { readonly cloud: Cloud; readonly tenantId: string } {
  const { loginUrl, tenantId } = loginPartsOf(endpoint)
  return { cloud: resolveCloud(publicCloud, { loginUrl }), tenantId }
}
