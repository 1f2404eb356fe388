import { randomUUID } from 'node:crypto'
import { asPartOfSkillCall } from '@parley/connector'
import { ActivityTypes, applyConversationReference, CallerIdConstants, ParleyError } from '@parley/core'
import type {
  Activity,
  BotAdapter,
  ChannelAccount,
  ClaimsIdentity,
  ConversationReference,
  OpenValue,
  ResourceResponse,
  TurnContext,
  TurnLogic,
} from '@parley/core'
import { botIdOf } from './bot-id.ts'

/** Where the replies of a skill go, and whom tokens for going there are for. */
export interface SkillConversation {
  conversationReference: ConversationReference
  oAuthScope: string
}

/** Finds, by the id a skill knows, the conversation with the user. `SkillConversationIdFactory` of the drop-ins is one. */
export interface SkillConversations {
  getSkillConversationReference(skillConversationId: string): Promise<SkillConversation>
  /** Asked when the other method is not implemented, as in factories written before it was there. */
  getConversationReference(skillConversationId: string): Promise<ConversationReference>
  deleteConversationReference(skillConversationId: string): Promise<void>
}

/** What {@link SkillReplies} works with. */
export interface SkillRepliesOptions {
  /** Key in `turnState` of the {@link SkillConversation}, for the logic. */
  readonly key: symbol
  readonly adapter: BotAdapter
  /** The bot, for what is for it and not for the user. */
  readonly logic: TurnLogic
  readonly conversations: SkillConversations
  /** Whom tokens are for when the factory does not say. */
  readonly audience: () => string
}

/** A skill wrote into a conversation this bot did not begin with it, or that has ended. */
export class SkillConversationUnknownError extends ParleyError {
  static readonly code = 'ADAPTER_SKILL_CONVERSATION_UNKNOWN'
  readonly code: string = SkillConversationUnknownError.code
  /** HTTP status of the answer: trying again does not help. */
  readonly statusCode = 404

  constructor(options?: ErrorOptions) {
    super('skillConversationReference not found', options)
  }
}

/**
 * What a skill sends to the bot that called it: the end of its conversation and events are for that bot and run its logic,
 * everything else goes on to the user. Each runs as a turn in the conversation with the user, through the adapter's middleware.
 */
export class SkillReplies {
  private readonly options: SkillRepliesOptions

  constructor(options: SkillRepliesOptions) {
    this.options = options
  }

  /** Takes an activity. */
  onSendToConversation(
    identity: ClaimsIdentity,
    conversationId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    return this.processActivity(identity, conversationId, null, activity)
  }

  /** Takes an activity that answers another. */
  onReplyToActivity(
    identity: ClaimsIdentity,
    conversationId: string,
    activityId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    return this.processActivity(identity, conversationId, activityId, activity)
  }

  /** Replaces what the skill has sent to the user. */
  async onUpdateActivity(
    identity: ClaimsIdentity,
    conversationId: string,
    activityId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    let response: ResourceResponse | void = undefined
    await this.continueConversation(identity, conversationId, async (context, { conversationReference }) => {
      applyConversationReference(activity, conversationReference)
      activity.id = activityId
      this.signAsSkill(context, identity, activityId)
      response = await context.updateActivity(activity)
    })
    return response ?? { id: randomUUID() }
  }

  /** Removes what the skill has sent to the user. */
  async onDeleteActivity(identity: ClaimsIdentity, conversationId: string, activityId: string): Promise<void> {
    await this.continueConversation(identity, conversationId, (context) => context.deleteActivity(activityId))
  }

  /** Asks the channel of the user for a member of the conversation with the user. */
  async onGetMember(identity: ClaimsIdentity, userId: string, conversationId: string): Promise<ChannelAccount> {
    let member: ChannelAccount | undefined
    await this.continueConversation(identity, conversationId, async (context) => {
      const client: OpenValue = context.turnState.get(this.options.adapter.ConnectorClientKey)
      member = await client.conversations.getConversationMember(context.activity.conversation.id, userId)
    })
    return member as unknown as ChannelAccount
  }

  private async processActivity(
    identity: ClaimsIdentity,
    conversationId: string,
    replyToActivityId: string | null,
    activity: Activity,
  ): Promise<ResourceResponse> {
    const { conversations, logic } = this.options
    let response: ResourceResponse | undefined
    await this.continueConversation(identity, conversationId, async (context, { conversationReference }) => {
      applyConversationReference(activity, conversationReference)
      this.signAsSkill(context, identity, replyToActivityId)
      if (activity.type === ActivityTypes.EndOfConversation) {
        await conversations.deleteConversationReference(conversationId)
      } else if (activity.type !== ActivityTypes.Event) {
        response = await context.sendActivity(activity)
        return
      }
      copyToTurn(activity, context)
      await logic(context)
    })
    return response ?? { id: randomUUID() }
  }

  /** The turn is the skill's; what is sent in it answers what the skill answered. */
  private signAsSkill({ activity }: TurnContext, { claims }: ClaimsIdentity, activityId: string | null): void {
    activity.id = activityId as string
    activity.callerId = `${CallerIdConstants.BotToBotPrefix}${botIdOf(claims)}`
  }

  private async continueConversation(
    identity: ClaimsIdentity,
    conversationId: string,
    turn: (context: TurnContext, conversation: SkillConversation) => Promise<void>,
  ): Promise<void> {
    const { adapter, key } = this.options
    const conversation = await this.find(conversationId)
    const { conversationReference, oAuthScope } = conversation
    let hasBegun = false
    const logic: TurnLogic = async (context) => {
      hasBegun = true
      context.turnState.set(adapter.BotIdentityKey, identity)
      context.turnState.set(key, conversation)
      await turn(context, conversation)
    }
    try {
      await asPartOfSkillCall(conversationId, () =>
        adapter.continueConversationAsync(identity, conversationReference, oAuthScope, logic),
      )
    } catch (error) {
      if (hasBegun || !isNotImplemented(error)) throw error
      await asPartOfSkillCall(conversationId, () => adapter.continueConversation(conversationReference, logic))
    }
  }

  private async find(conversationId: string): Promise<SkillConversation> {
    const { conversations, audience } = this.options
    let found: SkillConversation | undefined
    try {
      found = await conversations.getSkillConversationReference(conversationId)
    } catch (error) {
      if (!isNotImplemented(error)) throw error
      const conversationReference = await conversations.getConversationReference(conversationId)
      found = { conversationReference, oAuthScope: audience() }
    }
    if (!found?.conversationReference) throw new SkillConversationUnknownError()
    return found
  }
}

/** What of the skill's activity the bot's logic gets to see. The addresses stay those of the conversation with the user. */
function copyToTurn(source: Activity, { activity: target }: TurnContext): void {
  const fields: (keyof Activity)[] = [
    'type',
    'name',
    'channelData',
    'code',
    'entities',
    'locale',
    'localTimestamp',
    'relatesTo',
    'replyToId',
    'timestamp',
    'text',
    'value',
  ]
  for (const field of fields) (target as OpenValue)[field] = source[field]
}

/** Adapters and factories have a space less and a space more in it. */
function isNotImplemented(error: unknown): boolean {
  return error instanceof Error && /^Not ?Implemented$/.test(error.message)
}
