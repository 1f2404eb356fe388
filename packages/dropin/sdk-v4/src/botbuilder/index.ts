import { nameTeamsErrors } from './name-teams-errors.ts'
export { ChannelServiceHandlerBase, ChannelServiceRoutes, InspectionMiddleware, StatusCodeError } from '@parley/adapter'
export type { RouteHandler, WebServer } from '@parley/adapter'
export { SetSpeakMiddleware } from '@parley/core'
export { FileTranscriptStore } from '../core/file-transcript-store.ts'
// Found by bots under lib/botFrameworkAdapter.
export { USER_AGENT } from './adapter/bot-framework-adapter/user-agent.ts'
export { BotFrameworkAdapter } from './adapter/bot-framework-adapter.ts'
export type { BotFrameworkAdapterSettings } from './adapter/bot-framework-adapter.ts'
export { ChannelServiceHandler } from './channel-service-handler.ts'
export type { BotFrameworkHttpAdapter } from './adapter/bot-framework-http-adapter.ts'
export { CloudAdapter } from './adapter/cloud-adapter.ts'
export type { Request, Response, WebRequest, WebResponse } from './adapter/web-messages.ts'
export { EventFactory } from './event-factory.ts'
export { HandoffEventNames } from './handoff-event-names.ts'
export { InspectionState } from './inspection-state.ts'
export { BotFrameworkHttpClient } from './skills/bot-framework-http-client.ts'
export { CloudSkillHandler } from './skills/cloud-skill-handler.ts'
export { SkillHandler } from './skills/skill-handler.ts'
export { SkillHttpClient } from './skills/skill-http-client.ts'
export { StreamingHttpClient } from './streaming/streaming-http-client.ts'
export { TokenResolver } from './streaming/token-resolver.ts'
export {
  SharePointActivityHandler,
  SharePointSSOTokenExchangeMiddleware,
  TeamsActivityHandler,
  TeamsInfo,
  TeamsSSOTokenExchangeMiddleware,
  teamsGetChannelId,
  teamsGetSelectedChannelId,
  teamsGetTeamId,
  teamsGetTeamInfo,
  teamsGetTeamMeetingInfo,
  teamsGetTeamOnBehalfOf,
  teamsGetTenant,
  teamsNotifyUser,
} from '@parley/teams'

nameTeamsErrors()
