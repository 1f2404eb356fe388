/**
 * Gives the bearer tokens a bot sends with its calls. Implemented in `@parley/auth`, asked for by `@parley/connector`.
 */
export interface TokenSource {
  /**
   * A token for `audience`, from the cache while it is fresh; concurrent calls share one request.
   *
   * @param audience - Whom the token is for, without `/.default`, e.g. `https://api.botframework.com` or another bot's app id.
   * @returns The compact token, or `undefined` when the bot has no credentials and calls go out unsigned.
   */
  getToken(audience: string): Promise<string | undefined>

  /** Drops `token` from the cache after a service answered 401 to it, so that the next call fetches another. */
  forget(audience: string, token: string): void
}
