import type { SkillConversations } from '@parley/adapter'
import type { SkillConversationIdFactoryBase } from '../../core/skill-conversation-id-factory.ts'

/** A factory that refuses a conversation it does not know as v4 does, and with a status that says not to try again. */
export function skillConversations(factory: SkillConversationIdFactoryBase): SkillConversations {
  return {
    getSkillConversationReference: async (id) => known(await factory.getSkillConversationReference(id)),
    getConversationReference: async (id) => known(await factory.getConversationReference(id)),
    deleteConversationReference: (id) => factory.deleteConversationReference(id),
  }
}

function known<T>(reference: T | null | undefined): T {
  if (reference) return reference
  throw Object.assign(new Error('skillConversationReference not found'), { statusCode: 404 })
}
