import { MemoryConversationStore } from '../src/store/memory-conversation-store.ts'

type Method = 'get' | 'readChanges' | 'append' | 'lastSequence'

/** Lets every store in memory fail to `method`, as one on a disk may. @returns a function that mends it. */
export function breakStore(method: Method, error: Error = new Error('The disk is gone.')): () => void {
  const own = Object.getOwnPropertyDescriptor(MemoryConversationStore.prototype, method)
  if (!own) throw new Error(`There is no method ${method}.`)
  Object.defineProperty(MemoryConversationStore.prototype, method, {
    ...own,
    value() {
      throw error
    },
  })
  return () => Object.defineProperty(MemoryConversationStore.prototype, method, own)
}
