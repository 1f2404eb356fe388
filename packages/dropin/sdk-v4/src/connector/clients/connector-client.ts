import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import { RestContext } from '../rest/rest-context.ts'
import { Attachments } from './attachments.ts'
import type { ConnectorClientOptions } from './connector-client-options.ts'
import { Conversations } from './conversations.ts'

/** The Bot Connector REST API of one service. */
export class ConnectorClient extends RestContext {
  attachments: Attachments
  conversations: Conversations

  /** @throws Error - There are no credentials; the text is v4's. */
  constructor(credentials: ServiceClientCredentials, options: ConnectorClientOptions = {}) {
    super(credentials, options, {
      baseUri: 'https://api.botframework.com',
      userAgent: 'botframework-connector/4.0.0',
    })
    this.attachments = new Attachments(this)
    this.conversations = new Conversations(this)
  }
}
