import { NO_ERROR } from '../callbacks.ts'
import type { IBotStorage, IBotStorageContext, IBotStorageData } from '../contracts/connectors.ts'

/** Keeps data until the process ends. */
export class MemoryBotStorage implements IBotStorage {
  private readonly users: Map<string, string> = new Map()
  private readonly conversations: Map<string, string> = new Map()

  getData(context: IBotStorageContext, callback: (err: Error, data: IBotStorageData) => void): void {
    const { userId, conversationId, persistUserData, persistConversationData } = context
    const data: IBotStorageData = {}
    if (userId && persistUserData) data.userData = parsed(this.users.get(userId))
    if (userId && conversationId) {
      data.privateConversationData = parsed(this.conversations.get(privateKey(userId, conversationId)))
    }
    if (conversationId && persistConversationData) {
      data.conversationData = parsed(this.conversations.get(JSON.stringify([conversationId])))
    }
    callback(NO_ERROR, data)
  }

  saveData(context: IBotStorageContext, data: IBotStorageData, callback?: (err: Error) => void): void {
    const { userId, conversationId, persistUserData, persistConversationData } = context
    if (userId && persistUserData) this.users.set(userId, JSON.stringify(data.userData ?? {}))
    if (userId && conversationId) {
      const key = privateKey(userId, conversationId)
      this.conversations.set(key, JSON.stringify(data.privateConversationData ?? {}))
    }
    if (conversationId && persistConversationData) {
      this.conversations.set(JSON.stringify([conversationId]), JSON.stringify(data.conversationData ?? {}))
    }
    callback?.(NO_ERROR)
  }

  /** Removes the data of the context's user, and that of its conversation. */
  deleteData(context: IBotStorageContext): void {
    const { userId, conversationId } = context
    if (userId) this.users.delete(userId)
    if (userId && conversationId) this.conversations.delete(privateKey(userId, conversationId))
    if (conversationId) this.conversations.delete(JSON.stringify([conversationId]))
  }
}

/** Ids may hold any character. */
function privateKey(userId: string, conversationId: string): string {
  return JSON.stringify([userId, conversationId])
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? null : JSON.parse(text)
}
