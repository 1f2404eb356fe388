import type { CloudAdapter } from '../cloud-adapter.ts'
import { toLogic } from './bot.ts'
import type { Bot } from './bot.ts'
import type { NodeRequest, NodeResponse } from './node-messages.ts'

export { applyServerLimits, closeOnSignals, serverLimits } from './server.ts'
export type { CloseOnSignalsOptions, LimitedServer, ServerLimitOptions, ServerLimits } from './server.ts'
export type { Bot } from './bot.ts'

/**
 * Request listener for `node:http`: `createServer(createNodeListener(adapter, bot))`. Answers every request it gets; route
 * before it.
 */
export function createNodeListener(
  adapter: CloudAdapter,
  bot: Bot,
): (request: NodeRequest, response: NodeResponse) => void {
  const logic = toLogic(bot)
  return (request, response) => {
    void adapter.process(request, response, logic)
  }
}
