import type { BotProblem } from './bots/bot-problem.ts'
import type { BotRegistration } from './bots/bot-registration.ts'
import type { ServiceEventListener } from './bots/service-events.ts'
import type { ConnectorFaults } from './connector/faults/connector-faults.ts'
import type { ChannelEvents } from './conversations/channel-events.ts'
import type { Teams } from './connector/teams/teams.ts'
import type { ServiceIdentity } from './identity/service-identity.ts'
import type { TokenFaults } from './identity/token-faults.ts'
import type { UserTokenControls } from './user-tokens/user-token-controls.ts'

/** A connected bot, as shown to others: without its secret. */
export interface ConnectedBot {
  readonly appId: string
  readonly name: string
  readonly endpoint: string
  readonly tenantId?: string
  /** What stands between the bot and its users now. */
  readonly problem?: BotProblem
}

/** A running service. */
export interface Service {
  /** Base address, without a slash at the end, e.g. `http://127.0.0.1:3979`. The chat page is here. */
  readonly url: string
  /** What activities name as `serviceUrl`, and tokens as `serviceurl`. */
  readonly serviceUrl: string
  /** `iss` of the tokens sent to bots. */
  readonly issuer: string
  /** What clients show to get Direct Line tokens. */
  readonly directLineSecret: string
  /** The connected bots, in the order they were registered. */
  readonly bots: readonly ConnectedBot[]
  /** The identity provider's controls, for tests. */
  readonly identity: ServiceIdentity
  /**
   * Connects a bot, or gives the one with the same app id new settings.
   *
   * @throws ServiceOptionError `SERVICE_OPTION` naming the part that cannot be used.
   */
  registerBot(registration: BotRegistration): void
  /** Lets calls of the Connector API go wrong, for tests. */
  readonly faults: ConnectorFaults
  /** Has the next posts to bots carry a bad token, to see whether they refuse it. */
  readonly tokenFaults: TokenFaults
  /** Puts bots into teams and meetings. */
  readonly teams: Teams
  /** Signs users in and out, and has their tokens run out, for tests. */
  readonly userTokens: UserTokenControls
  /** Speaks for the channel, as when somebody joins or reacts. */
  readonly channelEvents: ChannelEvents
  /** Listens to what happens between the service and its bots. @returns a function that stops listening. */
  onEvent(listener: ServiceEventListener): () => void
  /** Cuts the stream of a conversation as a broken network would, for tests. @returns whether there was one. */
  cutStream(conversationId: string): boolean
  /** Stops listening and drops every connection. What is not in a data folder is forgotten. */
  close(): Promise<void>
}
