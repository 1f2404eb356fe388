import type { BotRegistry } from '../bots/bot-registry.ts'
import { addFaultRoutes } from '../connector/faults/fault-routes.ts'
import type { ConnectorFaults } from '../connector/faults/connector-faults.ts'
import type { ChannelEvent } from '../conversations/channel-event.ts'
import type { ChannelEvents } from '../conversations/channel-events.ts'
import { requireOpen } from '../conversations/conversations.ts'
import type { Conversations } from '../conversations/conversations.ts'
import { ServiceOptionError } from '../errors.ts'
import { badArgument, conversationNotFound } from '../http/api-error.ts'
import { param, sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { Routes } from '../http/routes.ts'
import type { ServiceIdentity } from '../identity/service-identity.ts'
import type { TokenFaults } from '../identity/token-faults.ts'
import type { UserTokenControls } from '../user-tokens/user-token-controls.ts'
import { listNewest } from './conversation-list.ts'
import { fromOwnPage } from './own-page.ts'

export interface ControlServices {
  readonly bots: BotRegistry
  readonly conversations: Conversations
  readonly channelEvents: ChannelEvents
  readonly faults: ConnectorFaults
  readonly tokenFaults: TokenFaults
  readonly identity: ServiceIdentity
  readonly userTokens: UserTokenControls
}

/** What the page can have the service do: speak for the channel, fail, and change keys. */
export function addControlRoutes(routes: Routes, services: ControlServices): void {
  routes.add(
    'POST',
    '/chat/conversations/:conversationId/activities',
    fromOwnPage((exchange) => tellBot(exchange, services)),
  )
  routes.add(
    'POST',
    '/chat/identity',
    fromOwnPage((exchange) => changeIdentity(exchange, services)),
  )
  addFaultRoutes(routes, '/chat/faults', 'faults', services.faults, fromOwnPage)
  addFaultRoutes(routes, '/chat/token-faults', 'pending', services.tokenFaults, fromOwnPage)
}

/** That the bot failed is an answer, not an error of the service. */
async function tellBot(exchange: Exchange, { conversations, channelEvents }: ControlServices): Promise<void> {
  const event = (await readJson(exchange.request)) as ChannelEvent
  const conversation = conversations.get(param(exchange, 'conversationId'))
  if (!conversation) throw conversationNotFound()
  requireOpen(conversation)
  try {
    sendJson(exchange.response, 200, await channelEvents.send(conversation.id, event))
  } catch (error) {
    if (error instanceof ServiceOptionError) throw badArgument(error.message)
    throw error
  }
}

async function changeIdentity({ request, response }: Exchange, services: ControlServices): Promise<void> {
  const { action } = ((await readJson(request)) ?? {}) as { readonly action?: unknown }
  if (action === 'rotateChannelKey') await services.identity.rotateKey('channel')
  else if (action === 'expireUserTokens') expireUserTokens(services)
  else throw badArgument('action must be rotateChannelKey or expireUserTokens.')
  sendJson(response, 200, {})
}

/** Those of everybody who takes part in the conversations the page shows. */
function expireUserTokens({ bots, conversations, userTokens }: ControlServices): void {
  for (const { appId } of bots.all()) {
    const users = listNewest(conversations, appId).flatMap(({ user }) => (user ? [user.id] : []))
    for (const userId of new Set(users)) userTokens.expire({ appId, userId })
  }
}
