import { CloudAdapter } from '@parley/adapter'
import { ConversationState, FileStorage } from '@parley/state'

/** What all hosts of the bot share; one machine can share a folder, several need a database. */
const storage = new FileStorage('/var/lib/my-bot')

export const conversations: ConversationState = new ConversationState(storage)
export const adapter: CloudAdapter = CloudAdapter.fromEnv({ turnStorage: storage })
