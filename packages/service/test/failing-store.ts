import { MemoryConversationStore } from '../src/store/memory-conversation-store.ts'

type Method = 'get' | 'readChanges' | 'append' | 'lastSequence'

/** How a store fails. */
interface Failure {
  /** Default: that the disk is gone. */
  readonly error?: Error
  /** Called when it fails. */
  readonly onCall?: () => void
}

/** Lets every store in memory fail to `method`, as one on a disk may. @returns a function that mends it. */
export function breakStore(method: Method, { error, onCall }: Failure = {}): () => void {
  const own = Object.getOwnPropertyDescriptor(MemoryConversationStore.prototype, method)
  if (!own) throw new Error(`There is no method ${method}.`)
  Object.defineProperty(MemoryConversationStore.prototype, method, {
    ...own,
    value() {
      onCall?.()
      throw error ?? new Error('The disk is gone.')
    },
  })
  return () => Object.defineProperty(MemoryConversationStore.prototype, method, own)
}
