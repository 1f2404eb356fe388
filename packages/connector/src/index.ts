export { Attachments } from './attachments.ts'
export type { AttachmentContent, AttachmentOptions } from './attachments.ts'
export type { ConnectorAxios } from './axios-transport.ts'
export type { Clock } from './clock.ts'
export { ConnectorClient } from './connector-client.ts'
export { ConnectorClosedError, ConnectorFactory } from './connector-factory.ts'
export type { ConnectorFactoryOptions } from './connector-factory.ts'
export { Conversations } from './conversations.ts'
export type { MembersPageOptions, PageOptions } from './conversations.ts'
export type {
  BodyProblem,
  OutboundCall,
  OutboundMethod,
  OutboundMiddleware,
  OutboundReply,
  OutboundSend,
} from './outbound.ts'
export { IdInvalidError } from './path.ts'
export { RestClient, operationUrl } from './rest-client.ts'
export type { PathId, RestClientOptions, RestRequest } from './rest-client.ts'
export { parseRetryAfter } from './retry-after.ts'
export {
  MaybeSentError,
  SendAddressForbiddenError,
  SendAnswerInvalidError,
  SendError,
  SendFailedError,
  SendForbiddenError,
  SendRedirectedError,
  SendRejectedError,
  SendThrottledError,
  SendTimeoutError,
  SendUnauthorizedError,
  SendUnreachableError,
  SendUntrustedError,
} from './send-errors.ts'
export type { SendErrorFacts } from './send-errors.ts'
export type { CallOptions } from './service.ts'
export { asPartOfSkillCall } from './skill-calls.ts'
export { SkillClient, SkillEndpointForbiddenError } from './skill-client.ts'
export type { SkillClientOptions, SkillFetch } from './skill-client.ts'
export { TeamsOperations } from './teams-operations.ts'
export type { MeetingParticipantOptions, TeamsBody } from './teams-operations.ts'
export { UserTokenServiceClient } from './user-token-service-client.ts'
export type { UserTokenServiceOptions } from './user-token-service-client.ts'
