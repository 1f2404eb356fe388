import { SkillReplies } from '@parley/adapter'
import type { Activity, ActivityHandlerBase, BotAdapter, ResourceResponse } from '@parley/core'
import { AuthenticationConstants, GovernmentConstants } from '../../connector/auth/authentication-constants.ts'
import { JwtTokenValidation } from '../../connector/auth/jwt-token-validation.ts'
import type { AuthenticationConfiguration } from '../../connector/auth/authentication-configuration.ts'
import type { ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import type { ICredentialProvider } from '../../connector/auth/credential-provider.ts'
import { SkillConversationReferenceKey } from '../../core/skill-conversation-id-factory.ts'
import type { SkillConversationIdFactoryBase } from '../../core/skill-conversation-id-factory.ts'
import { ChannelServiceHandler } from '../channel-service-handler.ts'
import { checkSkillHost } from './check-skill-host.ts'
import { skillConversations } from './skill-conversations.ts'

/** Takes what skills send to a bot with a `BotFrameworkAdapter`. */
export class SkillHandler extends ChannelServiceHandler {
  /** Key in `turnState` of where the replies of the skill go. */
  readonly SkillConversationReferenceKey: symbol = SkillConversationReferenceKey
  private readonly inner: SkillReplies

  /**
   * @param channelService - Default: the variable `ChannelService` of the environment.
   * @throws Error Something else is missing.
   */
  constructor(
    adapter: BotAdapter,
    bot: ActivityHandlerBase,
    conversationIdFactory: SkillConversationIdFactoryBase,
    credentialProvider: ICredentialProvider,
    authConfig: AuthenticationConfiguration,
    channelService?: string,
  ) {
    super(credentialProvider, authConfig, channelService)
    checkSkillHost({ adapter, bot, conversationIdFactory })
    this.inner = new SkillReplies({
      key: this.SkillConversationReferenceKey,
      adapter,
      logic: (context) => bot.run(context),
      conversations: skillConversations(conversationIdFactory),
      audience: () =>
        JwtTokenValidation.isGovernment(this.channelService)
          ? GovernmentConstants.ToChannelFromBotOAuthScope
          : AuthenticationConstants.ToChannelFromBotOAuthScope,
    })
  }

  protected override onSendToConversation(
    claimsIdentity: ClaimsIdentity,
    conversationId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    return this.inner.onSendToConversation(claimsIdentity, conversationId, activity)
  }

  protected override onReplyToActivity(
    claimsIdentity: ClaimsIdentity,
    conversationId: string,
    activityId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    return this.inner.onReplyToActivity(claimsIdentity, conversationId, activityId, activity)
  }

  protected override onUpdateActivity(
    claimsIdentity: ClaimsIdentity,
    conversationId: string,
    activityId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    return this.inner.onUpdateActivity(claimsIdentity, conversationId, activityId, activity)
  }

  protected override onDeleteActivity(
    claimsIdentity: ClaimsIdentity,
    conversationId: string,
    activityId: string,
  ): Promise<void> {
    return this.inner.onDeleteActivity(claimsIdentity, conversationId, activityId)
  }
}
