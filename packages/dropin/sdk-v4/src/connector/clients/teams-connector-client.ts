import type { ServiceClientCredentials } from '../../stdlib/index.ts'
import { RestContext } from '../rest/rest-context.ts'
import { Teams } from './teams.ts'
import type { TeamsConnectorClientOptions } from './teams-connector-models.ts'

/** The root of {@link TeamsConnectorClient}. */
export class TeamsConnectorClientContext extends RestContext {
  /** @throws Error - There are no credentials; the text is v4's. */
  constructor(credentials: ServiceClientCredentials, options: TeamsConnectorClientOptions = {}) {
    super(credentials, options, {
      baseUri: 'https://api.botframework.com',
      userAgent: 'botframework-connector/4.0.0',
    })
  }
}

/** What the connector of Microsoft Teams can do beyond conversations. */
export class TeamsConnectorClient extends TeamsConnectorClientContext {
  teams: Teams

  constructor(credentials: ServiceClientCredentials, options: TeamsConnectorClientOptions = {}) {
    super(credentials, options)
    this.teams = new Teams(this)
  }
}
