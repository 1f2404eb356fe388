import { ChannelServiceHandlerBase, SkillReplies } from '@parley/adapter'
import type { Activity, BotAdapter, ChannelAccount, ResourceResponse, TurnContext } from '@parley/core'
import type { BotFrameworkAuthentication } from '../../connector/auth/bot-framework-authentication.ts'
import type { ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import { SkillConversationReferenceKey } from '../../core/skill-conversation-id-factory.ts'
import type { SkillConversationIdFactoryBase } from '../../core/skill-conversation-id-factory.ts'
import { checkSkillHost } from './check-skill-host.ts'
import { skillConversations } from './skill-conversations.ts'

/** Takes what skills send to a bot with a `CloudAdapter`. */
export class CloudSkillHandler extends ChannelServiceHandlerBase {
  /** Key in `turnState` of where the replies of the skill go. */
  readonly SkillConversationReferenceKey: symbol = SkillConversationReferenceKey
  protected readonly auth: BotFrameworkAuthentication
  private readonly inner: SkillReplies

  /** @throws Error The adapter, the logic or the factory is missing. */
  constructor(
    adapter: BotAdapter,
    logic: (context: TurnContext) => Promise<void>,
    conversationIdFactory: SkillConversationIdFactoryBase,
    auth: BotFrameworkAuthentication,
  ) {
    super()
    checkSkillHost({ adapter, logic, conversationIdFactory })
    this.auth = auth
    this.inner = new SkillReplies({
      key: this.SkillConversationReferenceKey,
      adapter,
      logic,
      conversations: skillConversations(conversationIdFactory),
      audience: () => auth.getOriginatingAudience(),
    })
  }

  protected override authenticate(authHeader: string): Promise<ClaimsIdentity> {
    return this.auth.authenticateChannelRequest(authHeader)
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

  protected override onGetConversationMember(
    claimsIdentity: ClaimsIdentity,
    userId: string,
    conversationId: string,
  ): Promise<ChannelAccount> {
    return this.inner.onGetMember(claimsIdentity, userId, conversationId)
  }
}
