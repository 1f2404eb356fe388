import { SkillClient } from '@parley/connector'
import type { Activity, InvokeResponse } from '@parley/core'
import { AuthenticationConstants } from '../../connector/auth/authentication-constants.ts'
import { JwtTokenValidation } from '../../connector/auth/jwt-token-validation.ts'
import {
  MicrosoftAppCredentials,
  MicrosoftGovernmentAppCredentials,
} from '../../connector/credentials/microsoft-app-credentials.ts'
import type { ICredentialProvider } from '../../connector/auth/credential-provider.ts'
import type { BotFrameworkClient } from '../../connector/clients/bot-framework-client.ts'
import type { AppCredentials } from '../../connector/credentials/app-credentials.ts'

/** Hands activities on to other bots, with the credentials of a provider. */
export class BotFrameworkHttpClient implements BotFrameworkClient {
  protected readonly channelService: string
  private readonly credentialProvider: ICredentialProvider
  /** By app id and audience. */
  private readonly appCredentials: Map<string, AppCredentials> = new Map()
  private readonly client: SkillClient

  /**
   * @param channelService - Default: the variable `ChannelService` of the environment.
   * @throws Error The provider is missing.
   */
  constructor(credentialProvider: ICredentialProvider, channelService?: string) {
    if (!credentialProvider) throw new Error('BotFrameworkHttpClient(): missing credentialProvider')
    this.credentialProvider = credentialProvider
    this.channelService = channelService || (process.env[AuthenticationConstants.ChannelService] as string)
    this.client = new SkillClient({
      allowLoopback: true,
      getToken: async (fromBotId, toBotId) => (await this.getAppCredentials(fromBotId, toBotId))?.getToken(),
    })
  }

  /**
   * Posts an activity to another bot; see `SkillClient` of `@parley/connector`.
   *
   * @returns Whatever it answered, with any status.
   * @throws Error The activity, or its conversation, is missing.
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  async postActivity<T = any>(
    fromBotId: string,
    toBotId: string,
    toUrl: string,
    serviceUrl: string,
    conversationId: string,
    activity: Activity,
  ): Promise<InvokeResponse<T>> {
    if (!activity) throw new Error('BotFrameworkHttpClient.postActivity(): missing activity')
    if (activity.conversation === undefined) {
      throw new Error('BotFrameworkHttpClient.postActivity(): Activity must have a ConversationReference')
    }
    return this.client.postActivity<T>(fromBotId, toBotId, toUrl, serviceUrl, conversationId, activity)
  }

  /** Makes the credentials of one of the bot's app ids, for one audience. */
  protected async buildCredentials(appId: string, oAuthScope?: string): Promise<AppCredentials> {
    const appPassword = (await this.credentialProvider.getAppPassword(appId)) as string
    const Credentials = JwtTokenValidation.isGovernment(this.channelService)
      ? MicrosoftGovernmentAppCredentials
      : MicrosoftAppCredentials
    return new Credentials(appId, appPassword, undefined, oAuthScope)
  }

  /** A bot without an app id, and a skill that is tried without one, call unsigned. */
  private async getAppCredentials(appId: string, oAuthScope: string): Promise<AppCredentials | undefined> {
    if (!appId || appId === AuthenticationConstants.AnonymousSkillAppId) return undefined
    const key = `${appId}${oAuthScope}`
    const known = this.appCredentials.get(key)
    if (known) return known
    const made = await this.buildCredentials(appId, oAuthScope)
    this.appCredentials.set(key, made)
    return made
  }
}
