import type { Attachments } from '../attachments/attachments.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { BotSends } from '../conversations/bot-sends.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { Exchange } from '../http/exchange.ts'
import type { AccessTokens } from '../identity/access-tokens.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'
import type { ConnectorFaults } from './faults/connector-faults.ts'
import type { BatchOperations } from './teams/batch-operations.ts'
import type { Teams } from './teams/teams.ts'

/** What the routes of the Connector API work with. */
export interface ConnectorServices {
  readonly conversations: Conversations
  readonly sends: BotSends
  readonly accessTokens: AccessTokens
  readonly attachments: Attachments
  readonly faults: ConnectorFaults
  readonly teams: Teams
  readonly operations: BatchOperations
}

/** A request of a proven bot. */
export interface BotCall {
  readonly exchange: Exchange
  readonly bot: RegisteredBot
  readonly services: ConnectorServices
}

/** A request of a proven bot about a conversation of its own. */
export interface ConversationCall extends BotCall {
  readonly conversation: ConversationRecord
}
