import type { Activity, ConversationReference, InvokeResponse, OpenValue } from '@parley/core'
import type { BotState } from '@parley/state'

/** A bot that is called as a skill. */
export interface SkillBot {
  id: string
  appId: string
  /** Address the skill takes activities at. */
  skillEndpoint: string
}

/** What posts activities to skills. `SkillClient` of `@parley/connector` is one, the clients of the drop-in packages are. */
export interface SkillPoster {
  postActivity(
    fromBotId: string,
    toBotId: string,
    toUrl: string,
    serviceUrl: string,
    conversationId: string,
    activity: Activity,
  ): Promise<InvokeResponse>
}

/** What gives conversations with skills their ids. */
export interface SkillConversationIds {
  createSkillConversationIdWithOptions(options: {
    fromBotOAuthScope: string
    fromBotId: string
    activity: Activity
    botFrameworkSkill: SkillBot
  }): Promise<string>
  /** Called when the other method says that it is not implemented. */
  createSkillConversationId(conversationReference: ConversationReference): Promise<string>
  deleteConversationReference(skillConversationId: string): Promise<void>
}

/** Settings of a `SkillDialog`. */
export interface SkillDialogOptions {
  /** App id of this bot. */
  botId: string
  /** Connection with whose tokens OAuth cards of the skill are answered, so that the user need not sign in. Default: none. */
  connectionName?: string
  conversationIdFactory: SkillConversationIds
  /** Is saved before the skill is called: the skill may answer before the call returns. */
  conversationState: BotState
  skill: SkillBot
  skillClient: SkillPoster
  /** Where the skill sends its replies. */
  skillHostEndpoint: string
}

/** What a `SkillDialog` is begun with. */
export interface BeginSkillDialogOptions {
  /** Is sent to the skill first; with `deliveryMode: 'expectReplies'` all replies come with the answers of the calls. */
  activity: Partial<Activity>
}

/** What OAuth cards are intercepted with. */
export interface TokenExchanger {
  exchangeToken(...parameters: OpenValue[]): Promise<{ token?: string } | undefined>
}
