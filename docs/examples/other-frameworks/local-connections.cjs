// For the Agents SDK: gets tokens from the local service. The library it has for that refuses identity providers with http.

/** @param {{ authority: string, tenantId: string, clientId: string, clientSecret: string }} settings - The agent's. */
function localConnections(settings) {
  const provider = {
    connectionSettings: settings,
    /** Called with the scope, or with settings and the scope. @param {unknown[]} args */
    async getAccessToken(...args) {
      const scope = String(args.at(-1)).replace(/(\/\.default)?$/, '/.default')
      const response = await fetch(`${settings.authority}/${settings.tenantId}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: settings.clientId,
          client_secret: settings.clientSecret,
          scope,
        }),
      })
      const answer = JSON.parse(await response.text())
      if (!response.ok) throw new Error(answer.error_description)
      return answer.access_token
    },
  }
  const give = () => provider
  return {
    getConnection: give,
    getDefaultConnection: give,
    getTokenProvider: give,
    getTokenProviderFromActivity: give,
    getDefaultConnectionConfiguration: () => settings,
  }
}

module.exports = { localConnections }
