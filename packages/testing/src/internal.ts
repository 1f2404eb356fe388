// For Parley's own packages: no promise of stability.
export { signInLinkOf, signInResourceOf, UserTokenStore } from './user-token-store.ts'
export type { TokenOwner } from './user-token-store.ts'
