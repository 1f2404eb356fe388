import { stableGuid } from '../identity/stable-guid.ts'

/** Somebody who can sign in at the local identity provider. */
export interface SignInUser {
  readonly name: string
  /** Looks like an address: `ada@example.com`. Who has the same one is the same person. */
  readonly upn: string
}

/** The people offered on the sign-in page; anybody else can be typed in. */
export const SAMPLE_USERS: readonly SignInUser[] = [
  { name: 'Alma Reyes', upn: 'alma.reyes@example.com' },
  { name: 'Jonas Weber', upn: 'jonas.weber@example.com' },
  { name: 'Mei Tanaka', upn: 'mei.tanaka@example.com' },
]

const MAX_NAME_LENGTH = 100
const MAX_UPN_LENGTH = 200

/** No spaces, brackets, quotes or control characters: it goes into pages, claims and ids. */
const UPN = /^[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+$/u

/** A user as somebody typed it, or `undefined` when it can be no user. The name of one that has none is that of the address. */
export function parseSignInUser(name: unknown, upn: unknown): SignInUser | undefined {
  if (typeof upn !== 'string' || (typeof name !== 'string' && name !== undefined)) return undefined
  const address = upn.trim().toLowerCase()
  const known = SAMPLE_USERS.find((user) => user.upn === address)
  const shown = (name ?? '').trim() || known?.name || (address.split('@')[0] ?? '')
  const fits = address.length <= MAX_UPN_LENGTH && UPN.test(address) && shown.length <= MAX_NAME_LENGTH
  return fits && !/[\p{Cc}\p{Cf}]/u.test(shown) ? { name: shown, upn: address } : undefined
}

/** The user's id in a tenant: the same in every run. */
export function objectIdOf({ upn }: SignInUser, tenantId: string): string {
  return stableGuid(`${tenantId}/user/${upn}`)
}
