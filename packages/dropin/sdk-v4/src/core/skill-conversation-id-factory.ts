import { getConversationReference } from '@parley/core'
import type { Activity, ConversationReference } from '@parley/core'
import type { Storage } from '@parley/state'

/** A bot that is called as a skill. */
export interface BotFrameworkSkill {
  id: string
  appId: string
  /** Address the skill takes activities at. */
  skillEndpoint: string
}

/** What a conversation with a skill begins with. */
export interface SkillConversationIdFactoryOptions {
  fromBotOAuthScope: string
  fromBotId: string
  /** The activity that is handed on. */
  activity: Activity
  botFrameworkSkill: BotFrameworkSkill
}

/** Where the replies of a skill go. */
export interface SkillConversationReference {
  conversationReference: ConversationReference
  oAuthScope: string
}

/** Key in `turnState` of the {@link SkillConversationReference} of a turn a skill started. */
export const SkillConversationReferenceKey: unique symbol = Symbol('SkillConversationReference')

/** Gives conversations with skills their ids, and finds by them the conversations with users. */
export abstract class SkillConversationIdFactoryBase {
  /** @throws Error with the message `Not Implemented`, unless overridden. */
  createSkillConversationIdWithOptions(_options: SkillConversationIdFactoryOptions): Promise<string> {
    throw new Error('Not Implemented')
  }

  /** @throws Error with the message `Not Implemented`, unless overridden. */
  createSkillConversationId(_conversationReference: ConversationReference): Promise<string> {
    throw new Error('Not Implemented')
  }

  /** @throws Error with the message `Not Implemented`, unless overridden. */
  getConversationReference(_skillConversationId: string): Promise<ConversationReference> {
    throw new Error('Not Implemented')
  }

  /** @throws Error with the message `Not Implemented`, unless overridden. */
  getSkillConversationReference(_skillConversationId: string): Promise<SkillConversationReference> {
    throw new Error('Not Implemented')
  }

  abstract deleteConversationReference(skillConversationId: string): Promise<void>
}

/** Keeps them in a storage, each under an id of its own. */
export class SkillConversationIdFactory extends SkillConversationIdFactoryBase {
  private readonly storage: Storage

  constructor(storage: Storage) {
    super()
    this.storage = storage
  }

  /** Stores where the activity came from. Returns the id to find it by. */
  override async createSkillConversationIdWithOptions(options: SkillConversationIdFactoryOptions): Promise<string> {
    const conversationReference = getConversationReference(options.activity)
    const id = globalThis.crypto.randomUUID()
    await this.storage.write({ [id]: { conversationReference, oAuthScope: options.fromBotOAuthScope } })
    return id
  }

  /** What was stored under the id; `undefined` when nothing is. */
  override async getSkillConversationReference(skillConversationId: string): Promise<SkillConversationReference> {
    const items = await this.storage.read([skillConversationId])
    return items[skillConversationId]
  }

  async deleteConversationReference(skillConversationId: string): Promise<void> {
    await this.storage.delete([skillConversationId])
  }
}
