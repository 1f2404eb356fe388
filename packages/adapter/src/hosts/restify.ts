import type { CloudAdapter } from '../cloud-adapter.ts'
import { toLogic } from './bot.ts'
import type { Bot } from './bot.ts'
import type { NodeRequest, NodeResponse } from './node-messages.ts'

export { applyServerLimits, closeOnSignals, refuseUpgrades, serverLimits } from './server.ts'
export type {
  CloseOnSignalsOptions,
  LimitedServer,
  ServerLimitOptions,
  ServerLimits,
  UpgradableServer,
  UpgradeSocket,
} from './server.ts'
export type { Bot } from './bot.ts'

/**
 * Handler for restify: `server.post('/api/messages', createRestifyHandler(adapter, bot))`. Needs no body parser; without one
 * nothing is read from a sender that has not proven who it is.
 */
export function createRestifyHandler(
  adapter: CloudAdapter,
  bot: Bot,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const logic = toLogic(bot)
  // restify tells the two kinds of handlers apart by the `async` keyword.
  return async (request, response) => adapter.process(request, response, logic)
}
