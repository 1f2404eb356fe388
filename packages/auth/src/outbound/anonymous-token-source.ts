import type { TokenSource } from '@parley/core'

/** For bots without credentials: their calls go out unsigned. */
export const anonymousTokenSource: TokenSource = Object.freeze({
  getToken: async (): Promise<undefined> => undefined,
  forget: (): void => {},
})
