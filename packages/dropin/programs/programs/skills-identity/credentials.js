const { AppCredentials, ServiceClientCredentialsFactory } = require('botframework-connector')

class SecretCredentials extends AppCredentials {
  constructor(appId, secret, audience, loginEndpoint) {
    super(appId, undefined, audience)
    Object.assign(this, { secret, loginEndpoint })
  }

  async refreshToken() {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: this.appId,
      client_secret: this.secret,
      scope: `${this.oAuthScope}/.default`,
    })
    const response = await fetch(`${this.loginEndpoint}/oauth2/v2.0/token`, { method: 'POST', body })
    const { access_token: accessToken, expires_in: expiresIn, error } = await response.json()
    if (!response.ok) throw new Error(`No token for ${this.oAuthScope}: ${error}`)
    return { accessToken, expiresOn: new Date(Date.now() + expiresIn * 1000) }
  }
}

exports.SecretCredentialsFactory = class extends ServiceClientCredentialsFactory {
  constructor(appId, secret) {
    super()
    Object.assign(this, { appId, secret })
  }
  async isValidAppId(appId) {
    return appId === this.appId
  }
  async isAuthenticationDisabled() {
    return false
  }
  async createCredentials(appId, audience, loginEndpoint) {
    return new SecretCredentials(appId, this.secret, audience, loginEndpoint)
  }
}
