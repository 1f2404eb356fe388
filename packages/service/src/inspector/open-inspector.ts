import type { BotStateBags } from '../bot-state/bot-state-bags.ts'
import type { PostObserver } from '../bots/post-observer.ts'
import type { ServiceEvents } from '../bots/service-events.ts'
import type { Clock } from '../clock.ts'
import type { ConversationObserver } from '../conversations/conversation-observer.ts'
import type { ExchangeObserver } from '../http/exchange-observer.ts'
import type { Routes } from '../http/routes.ts'
import type { ConversationStore } from '../store/conversation-store.ts'
import { ActivityRecorder } from './activity-recorder.ts'
import type { InspectorLimits } from './entry-ring.ts'
import { EntryStreams } from './entry-streams.ts'
import { ExchangeRecorder } from './exchange-recorder.ts'
import { Inspector } from './inspector.ts'
import { addInspectorRoutes } from './inspector-routes.ts'
import { PostRecorder } from './post-recorder.ts'
import { StateRecorder } from './state/state-recorder.ts'
import { addStateRoutes } from './state/state-routes.ts'
import { TokenInspector } from './tokens/token-inspector.ts'
import type { TokenInspectorOptions } from './tokens/token-inspector.ts'
import { TurnsSeen } from './turns-seen.ts'

export interface OpenInspectorOptions extends TokenInspectorOptions {
  /** Absent to remember nothing. */
  readonly limits: InspectorLimits | undefined
  readonly clock: Clock
  readonly events: ServiceEvents
  readonly store: Pick<ConversationStore, 'get'>
  readonly directLineSecrets: readonly string[]
}

/** The inspector, and what the parts of the service show it; all absent when it is switched off. */
export interface OpenedInspector {
  readonly exchanges?: ExchangeObserver
  readonly posts?: PostObserver
  readonly conversations?: ConversationObserver
  /** Adds what the chat page asks for. @param botOf - The bot of a conversation that was reserved and not begun. */
  addRoutes(routes: Routes, botOf: (conversationId: string) => string | undefined): void
  /** Has what bots keep in bags be seen too. */
  watchBags(bags: BotStateBags, routes: Routes): void
  close(): void
}

export function openInspector(options: OpenInspectorOptions): OpenedInspector {
  const { limits, directLineSecrets, events } = options
  if (!limits) return { addRoutes() {}, watchBags() {}, close() {} }
  const inspector = new Inspector({ ...options, limits, secrets: directLineSecrets })
  const turns = new TurnsSeen()
  const states = new StateRecorder(inspector, turns)
  const activities = new ActivityRecorder(inspector, turns, states)
  const tokens = new TokenInspector(options)
  const exchanges = new ExchangeRecorder(inspector, turns, tokens)
  const unlisten = events.listen(({ kind, appId }) => {
    if (kind === 'bot-unreachable') tokens.fetches.forget(appId)
  })
  const streams = new EntryStreams(inspector)
  return {
    exchanges: (request, response) => exchanges.observe(request, response),
    posts: new PostRecorder(inspector, activities, turns, tokens),
    conversations: activities,
    addRoutes(routes, reservedFor) {
      const botOf = (conversationId: string): string | undefined =>
        inspector.botOf(conversationId) ?? reservedFor(conversationId)
      addInspectorRoutes(routes, { inspector, streams, botOf })
    },
    watchBags(bags, routes) {
      bags.onChange((change) => states.bagChanged(change))
      addStateRoutes(routes, { inspector, states, bags, store: options.store })
    },
    close() {
      unlisten()
      streams.close()
    },
  }
}
