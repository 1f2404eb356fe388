import { Attachments } from './attachments.ts'
import { Conversations } from './conversations.ts'
import { Service } from './service.ts'
import type { ServiceOptions } from './service.ts'
import { TeamsOperations } from './teams-operations.ts'

/**
 * The Bot Connector REST API of one service, for one audience. Bots find the one of their turn under the adapter's
 * `ConnectorClientKey`; it may be used after the turn and by many turns at once.
 */
export class ConnectorClient {
  /** Base address of the service. */
  readonly serviceUrl: string
  readonly conversations: Conversations
  readonly attachments: Attachments
  /** Only where the service is the connector of Microsoft Teams. */
  readonly teams: TeamsOperations

  constructor(options: ServiceOptions) {
    const service = new Service(options)
    this.serviceUrl = options.serviceUrl
    this.conversations = new Conversations(service)
    this.attachments = new Attachments(service)
    this.teams = new TeamsOperations(service)
  }
}
