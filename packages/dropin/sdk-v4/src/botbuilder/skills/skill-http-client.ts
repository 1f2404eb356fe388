import { getConversationReference } from '@parley/core'
import type { Activity, ConversationReference, InvokeResponse, OpenValue } from '@parley/core'
import { AuthenticationConstants, GovernmentConstants } from '../../connector/auth/authentication-constants.ts'
import { JwtTokenValidation } from '../../connector/auth/jwt-token-validation.ts'
import type { ICredentialProvider } from '../../connector/auth/credential-provider.ts'
import type {
  BotFrameworkSkill,
  SkillConversationIdFactoryBase,
  SkillConversationIdFactoryOptions,
} from '../../core/skill-conversation-id-factory.ts'
import { BotFrameworkHttpClient } from './bot-framework-http-client.ts'

/** Hands activities on to skills, each conversation under an id of its own. */
export class SkillHttpClient extends BotFrameworkHttpClient {
  private readonly conversationIdFactory: SkillConversationIdFactoryBase

  /**
   * @param channelService - Default: the variable `ChannelService` of the environment.
   * @throws Error The provider or the factory is missing.
   */
  constructor(
    credentialProvider: ICredentialProvider,
    conversationIdFactory: SkillConversationIdFactoryBase,
    channelService?: string,
  ) {
    super(credentialProvider, channelService)
    if (!conversationIdFactory) throw new Error('conversationIdFactory missing')
    this.conversationIdFactory = conversationIdFactory
  }

  /**
   * Begins a conversation with a skill and posts an activity to it.
   *
   * @param originatingAudience - Whom tokens for the replies to the user are for. Default: the channel service.
   * @param callbackUrl - Where the skill sends its replies.
   */
  postToSkill<T>(
    originatingAudience: string,
    fromBotId: string,
    toSkill: BotFrameworkSkill,
    callbackUrl: string,
    activity: Activity,
  ): Promise<InvokeResponse<T>>
  postToSkill(
    fromBotId: string,
    toSkill: BotFrameworkSkill,
    callbackUrl: string,
    activity: Activity,
  ): Promise<InvokeResponse>
  async postToSkill<T>(...given: OpenValue[]): Promise<InvokeResponse<T>> {
    const [audience, fromBotId, toSkill, callbackUrl, activity] =
      typeof given[1] === 'string' ? given : [this.channelAudience(), ...given]
    const skill: BotFrameworkSkill = toSkill
    const conversationId = await this.createConversationId({
      activity,
      botFrameworkSkill: skill,
      fromBotId,
      fromBotOAuthScope: audience,
    })
    return this.postActivity<T>(fromBotId, skill.appId, skill.skillEndpoint, callbackUrl, conversationId, activity)
  }

  private channelAudience(): string {
    return JwtTokenValidation.isGovernment(this.channelService)
      ? GovernmentConstants.ToChannelFromBotOAuthScope
      : AuthenticationConstants.ToChannelFromBotOAuthScope
  }

  /** Factories written before there were options only know the older method. */
  private async createConversationId(options: SkillConversationIdFactoryOptions): Promise<string> {
    try {
      return await this.conversationIdFactory.createSkillConversationIdWithOptions(options)
    } catch (error) {
      if (!/^Not ?Implemented$/.test((error as Error)?.message)) throw error
      const reference = getConversationReference(options.activity) as ConversationReference
      return this.conversationIdFactory.createSkillConversationId(reference)
    }
  }
}
