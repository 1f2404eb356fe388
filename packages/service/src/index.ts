export type { BotProblem, BotProblemKind } from './bots/bot-problem.ts'
export { ANONYMOUS_APP_ID } from './bots/bot-registration.ts'
export type { BotRegistration } from './bots/bot-registration.ts'
export type { ServiceEvent, ServiceEventListener } from './bots/service-events.ts'
export type { Clock } from './clock.ts'
export type { DeterministicOptions } from './conversations/chance.ts'
export type { ConnectorFault, FaultTarget } from './connector/faults/connector-fault.ts'
export type { ConnectorFaults, PendingFault } from './connector/faults/connector-faults.ts'
export type { Teams } from './connector/teams/teams.ts'
export type {
  TeamsChannel,
  TeamsMeeting,
  TeamsMember,
  TeamsParticipant,
  TeamsTeam,
} from './connector/teams/teams-model.ts'
export type { ChannelEvent, SystemActivity } from './conversations/channel-event.ts'
export type { ChannelEventResult, ChannelEvents } from './conversations/channel-events.ts'
export {
  HostNotLoopbackError,
  ListenFailedError,
  PortInUseError,
  ServiceOptionError,
  ServiceUsageError,
} from './errors.ts'
export type { CredentialOptions, FederatedCredential, ManagedIdentity } from './identity/app-credentials.ts'
export type { TokenClaims } from './identity/key-ring.ts'
export type { ServiceCloudName } from './identity/service-cloud.ts'
export type { KeyOwner, ServiceIdentity } from './identity/service-identity.ts'
export type { PendingTokenFault, TokenFault, TokenFaultKind, TokenFaults } from './identity/token-faults.ts'
export type { TokenOverrides } from './identity/token-overrides.ts'
export type { InspectorLimits } from './inspector/entry-ring.ts'
export { parseServiceArgs, SERVICE_FLAGS, SERVICE_FLAGS_HELP, serviceSettings } from './service-args.ts'
export type { LogLevel, ServiceCommand, ServiceFlags, ServiceSettings } from './service-args.ts'
export type { ServiceOptions, TokenLifetimes } from './service-options.ts'
export type { ConnectedBot, Service } from './service.ts'
export { startService } from './start-service.ts'
export {
  DataEngineMissingError,
  DataFileDamagedError,
  DataFileForeignError,
  DataFileNewerError,
  DataFolderFailedError,
  DataFolderInUseError,
} from './store/data-folder-errors.ts'
export type { RetentionLimits } from './store/retention.ts'
export { DEFAULT_CONNECTION_NAME } from './user-tokens/oauth-connection.ts'
export type { OAuthConnectionOptions } from './user-tokens/oauth-connection.ts'
export type { SignInUser } from './user-tokens/sign-in-user.ts'
export type { SsoTokenOptions } from './user-tokens/token-exchange.ts'
export type { UserTokenControls, UserTokenOwner } from './user-tokens/user-token-controls.ts'
export type { UserToken } from './user-tokens/user-tokens.ts'
