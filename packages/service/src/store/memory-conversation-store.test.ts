import { conversationStoreConformance } from '../../test/conversation-store-conformance.ts'
import { MemoryConversationStore } from './memory-conversation-store.ts'

conversationStoreConformance('memory', (clock, limits) => new MemoryConversationStore(clock, limits))
