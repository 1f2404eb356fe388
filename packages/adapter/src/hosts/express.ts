import type { CloudAdapter } from '../cloud-adapter.ts'
import { toLogic } from './bot.ts'
import type { Bot } from './bot.ts'
import type { NodeRequest, NodeResponse } from './node-messages.ts'

export { applyServerLimits, closeOnSignals, serverLimits } from './server.ts'
export type { CloseOnSignalsOptions, LimitedServer, ServerLimitOptions, ServerLimits } from './server.ts'
export type { Bot } from './bot.ts'

/**
 * Handler for express 4 and 5: `app.post('/api/messages', createExpressHandler(adapter, bot))`. Mount it before
 * `express.json()`, so that nothing is read from a sender that has not proven who it is; after it works too. With `app.all`
 * other methods are answered with 405, with `app.post` as express does.
 */
export function createExpressHandler(
  adapter: CloudAdapter,
  bot: Bot,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  const logic = toLogic(bot)
  return (request, response) => adapter.process(request, response, logic)
}
