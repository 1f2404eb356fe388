import type { ServiceClientCredentials } from '../../stdlib/index.ts'

/** Makes credentials for a bot's calls. */
export abstract class ServiceClientCredentialsFactory {
  abstract isValidAppId(appId: string): Promise<boolean>
  /** Whether everybody is let in. */
  abstract isAuthenticationDisabled(): Promise<boolean>
  /**
   * @param audience - Whom the tokens are for.
   * @param loginEndpoint - Who gives them.
   */
  abstract createCredentials(
    appId: string,
    audience: string | undefined,
    loginEndpoint: string,
    validateAuthority: boolean,
  ): Promise<ServiceClientCredentials>
}
