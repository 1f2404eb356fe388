const { AppCredentials, ServiceClientCredentialsFactory } = require('botframework-connector')

/** Gets tokens where the company says, with the app's secret. */
class SecretCredentials extends AppCredentials {
  constructor(appId, secret, audience, loginEndpoint) {
    super(appId, undefined, audience)
    this.secret = secret
    this.loginEndpoint = loginEndpoint
    this.requests = 0
  }

  async refreshToken() {
    SecretCredentials.requests += 1
    const response = await fetch(`${this.loginEndpoint}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: this.appId,
        client_secret: this.secret,
        scope: `${this.oAuthScope}/.default`,
      }),
    })
    const { access_token: accessToken, expires_in: expiresIn, error_description: why } = await response.json()
    if (!response.ok) throw new Error(`No token: ${why}`)
    return { accessToken, expiresOn: new Date(Date.now() + expiresIn * 1000) }
  }
}
SecretCredentials.requests = 0

class SecretCredentialsFactory extends ServiceClientCredentialsFactory {
  constructor(appId, secret) {
    super()
    this.appId = appId
    this.secret = secret
  }

  async isValidAppId(appId) {
    return appId === this.appId
  }

  async isAuthenticationDisabled() {
    return false
  }

  async createCredentials(appId, audience, loginEndpoint) {
    if (appId !== this.appId) throw new Error('Invalid appId.')
    return new SecretCredentials(appId, this.secret, audience, loginEndpoint)
  }
}

module.exports = { SecretCredentials, SecretCredentialsFactory }
