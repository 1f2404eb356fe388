import type { BotHealth } from '../bots/bot-health.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import type { ServiceEvents } from '../bots/service-events.ts'
import type { ConnectorFaults } from '../connector/faults/connector-faults.ts'
import type { Attendance } from '../conversations/attendance.ts'
import type { ChannelEvents } from '../conversations/channel-events.ts'
import type { Conversations } from '../conversations/conversations.ts'
import type { DirectLineTokens } from '../direct-line/direct-line-tokens.ts'
import type { Routes } from '../http/routes.ts'
import type { KeyRing } from '../identity/key-ring.ts'
import type { ServiceIdentity } from '../identity/service-identity.ts'
import type { TokenFaults } from '../identity/token-faults.ts'
import type { OpenedInspector } from '../inspector/open-inspector.ts'
import type { UserTokenControls } from '../user-tokens/user-token-controls.ts'
import { addChatPageRoutes } from './chat-page-routes.ts'
import { addControlRoutes } from './control-routes.ts'
import { PageAssets } from './page-assets.ts'
import { PageEvents } from './page-events.ts'
import { PageSessions } from './page-sessions.ts'
import { addTranscriptRoutes } from './transcript-routes.ts'

export interface OpenChatPageOptions {
  readonly routes: Routes
  readonly assetsDirectory: string
  readonly bots: BotRegistry
  readonly events: ServiceEvents
  readonly health: BotHealth
  readonly attendance: Attendance
  readonly conversations: Conversations
  readonly tokens: DirectLineTokens
  /** Sign the tokens. */
  readonly tokenKeys: KeyRing
  readonly channelEvents: ChannelEvents
  readonly faults: ConnectorFaults
  readonly tokenFaults: TokenFaults
  readonly identity: ServiceIdentity
  readonly userTokens: UserTokenControls
  readonly inspector: OpenedInspector
}

/** Opens the chat page, with all it can do. @returns its open event streams, to be closed. */
export function openChatPage(options: OpenChatPageOptions): PageEvents {
  const { routes, assetsDirectory, health, attendance, tokenKeys, inspector } = options
  const events = new PageEvents({ events: options.events, health, attendance, tokenKeys })
  const sessions = new PageSessions(options)
  addChatPageRoutes(routes, { ...options, assets: new PageAssets(assetsDirectory), events, sessions })
  addTranscriptRoutes(routes, options)
  addControlRoutes(routes, options)
  inspector.addRoutes(routes, (conversationId) => sessions.botOf(conversationId))
  return events
}
