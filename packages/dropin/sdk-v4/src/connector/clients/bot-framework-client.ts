import { SkillClient } from '@parley/connector'
import type { SkillFetch } from '@parley/connector'
import type { Activity, InvokeResponse, OpenValue } from '@parley/core'
import type { ServiceClientCredentialsFactory } from '../credentials/service-client-credentials-factory.ts'
import { bearerOf } from '../credentials/bearer-of.ts'
import type { ConnectorClientOptions } from './connector-client-options.ts'
import { USER_AGENT } from './connector-factory.ts'

/** Hands activities on to other bots. */
export interface BotFrameworkClient {
  postActivity: <T = OpenValue>(
    fromBotId: string,
    toBotId: string,
    toUrl: string,
    serviceUrl: string,
    conversationId: string,
    activity: Activity,
  ) => Promise<InvokeResponse<T>>
}

/** What carries calls to other bots in place of Parley's exchange, e.g. `fetch`. */
export type BotFrameworkFetch = (
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  input: any,
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  init?: any,
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
) => Promise<any>

/** Hands activities on with the bot's own credentials. */
export class SkillBotFrameworkClient implements BotFrameworkClient {
  private readonly skills: SkillClient

  constructor(
    credentialsFactory: ServiceClientCredentialsFactory,
    loginEndpoint: string,
    botFrameworkClientFetch?: BotFrameworkFetch,
    _connectorClientOptions: ConnectorClientOptions = {},
  ) {
    this.skills = new SkillClient({
      getToken: async (fromBotId, toBotId) =>
        bearerOf(await credentialsFactory.createCredentials(fromBotId, toBotId, loginEndpoint, true)),
      // Skills are named by the bot's own configuration.
      allowLoopback: true,
      fetch: botFrameworkClientFetch as SkillFetch | undefined,
      userAgent: USER_AGENT,
    })
  }

  async postActivity<T = OpenValue>(
    fromBotId: string,
    toBotId: string,
    toUrl: string,
    serviceUrl: string,
    conversationId: string,
    activity: Activity,
  ): Promise<InvokeResponse<T>> {
    for (const [name, value] of Object.entries({ toUrl, serviceUrl, conversationId })) {
      if (typeof value !== 'string') throw new TypeError(`${name} must be a string.`)
    }
    if (typeof activity !== 'object' || activity === null) throw new TypeError('activity must be an object.')
    return this.skills.postActivity<T>(fromBotId, toBotId, toUrl, serviceUrl, conversationId, activity)
  }

  private toJSON(): unknown {
    return { name: this.constructor.name }
  }
}
