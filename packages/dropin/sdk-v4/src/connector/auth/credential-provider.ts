/** Which app ids a bot has, and their passwords. */
export interface ICredentialProvider {
  isValidAppId(appId: string): Promise<boolean>
  getAppPassword(appId: string): Promise<string | null>
  /** Whether everybody is let in. */
  isAuthenticationDisabled(): Promise<boolean>
}

/** The credentials of a bot with one app id. */
export class SimpleCredentialProvider implements ICredentialProvider {
  private readonly appId: string
  declare private readonly appPassword: string

  constructor(appId: string, appPassword: string) {
    this.appId = appId
    // Not enumerable, so that a logger which prints the object prints no secret.
    Object.defineProperty(this, 'appPassword', { value: appPassword, writable: true, configurable: true })
  }

  isValidAppId(appId: string): Promise<boolean> {
    return Promise.resolve(this.appId === appId)
  }

  getAppPassword(appId: string): Promise<string | null> {
    return Promise.resolve(this.appId === appId ? this.appPassword : null)
  }

  isAuthenticationDisabled(): Promise<boolean> {
    return Promise.resolve(!this.appId)
  }

  private toJSON(): unknown {
    return { name: this.constructor.name, appId: this.appId }
  }
}
