// For SDK v4: gets tokens from the local service. The library it has for that refuses identity providers with http.

/** @param {Record<string, string | undefined>} settings - The bot's, usually `process.env`. */
function localCredentials({ MicrosoftAppId, MicrosoftAppPassword, ToChannelFromBotLoginUrl }) {
  return {
    isAuthenticationDisabled: async () => !MicrosoftAppId,
    isValidAppId: async (/** @type {string} */ appId) => appId === MicrosoftAppId,
    createCredentials: async (/** @type {string} */ appId, /** @type {string} */ audience) => ({
      async signRequest(/** @type {{ headers: { set(name: string, value: string): void } }} */ request) {
        const response = await fetch(`${ToChannelFromBotLoginUrl}/oauth2/v2.0/token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'client_credentials',
            client_id: appId,
            client_secret: MicrosoftAppPassword ?? '',
            scope: `${audience}/.default`,
          }),
        })
        const answer = JSON.parse(await response.text())
        if (!response.ok) throw new Error(answer.error_description)
        request.headers.set('Authorization', `Bearer ${answer.access_token}`)
        return request
      },
    }),
  }
}

module.exports = { localCredentials }
