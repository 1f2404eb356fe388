import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import { hide } from '../credentials/hide.ts'
import { RestContext } from '../rest/rest-context.ts'
import { Attachments } from './attachments.ts'
import type { ConnectorClientOptions } from './connector-client-options.ts'
import { Conversations } from './conversations.ts'
import { Teams } from './teams.ts'

/** The Bot Connector REST API of one service. */
export class ConnectorClient extends RestContext {
  attachments: Attachments
  conversations: Conversations
  declare private teamsOperations: Teams | undefined

  /** @throws Error - There are no credentials; the text is v4's. */
  constructor(credentials: ServiceClientCredentials, options: ConnectorClientOptions = {}) {
    super(credentials, options, {
      baseUri: 'https://api.botframework.com',
      userAgent: 'botframework-connector/4.0.0',
    })
    this.attachments = new Attachments(this)
    this.conversations = new Conversations(this)
  }

  /** Only where the service is the connector of Microsoft Teams. Not in v4, where a `TeamsConnectorClient` had it. */
  get teams(): Teams {
    if (!this.teamsOperations) hide(this, 'teamsOperations', new Teams(this))
    return this.teamsOperations as Teams
  }
}
