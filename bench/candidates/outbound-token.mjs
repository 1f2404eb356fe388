/**
 * A token from the identity endpoint, asked for once and kept: for the candidates whose own token client refuses `http:`.
 *
 * @param {import('../world/world.d.ts').World} world
 * @returns {() => Promise<string>}
 */
export function createOutboundToken({ tokenUrl, appId, appPassword }) {
  /** @type {Promise<string> | undefined} */
  let token
  const request = async () => {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: appPassword,
        scope: 'https://api.botframework.com/.default',
      }),
    })
    return /** @type {{ access_token: string }} */ (await response.json()).access_token
  }
  return () => (token ??= request())
}
