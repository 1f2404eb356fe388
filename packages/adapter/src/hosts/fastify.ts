import type { CloudAdapter } from '../cloud-adapter.ts'
import { toLogic } from './bot.ts'
import type { Bot } from './bot.ts'
import type { NodeRequest, NodeResponse } from './node-messages.ts'

export { applyServerLimits, closeOnSignals, serverLimits } from './server.ts'
export type { CloseOnSignalsOptions, LimitedServer, ServerLimitOptions, ServerLimits } from './server.ts'
export type { Bot } from './bot.ts'

/** What the plugin needs of a fastify instance. */
export interface FastifyLike {
  removeAllContentTypeParsers(): unknown
  addContentTypeParser(
    type: '*',
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown
  all(
    path: string,
    handler: (
      request: { readonly raw: NodeRequest },
      reply: { readonly raw: NodeResponse; hijack(): unknown },
    ) => unknown,
  ): unknown
}

/**
 * Plugin for fastify 5: `app.register(createFastifyPlugin(adapter, bot))`. Only its own route leaves bodies unread; the rest of
 * the application parses as before.
 *
 * @param path - Default `/api/messages`.
 */
export function createFastifyPlugin(
  adapter: CloudAdapter,
  bot: Bot,
  { path = '/api/messages' }: { readonly path?: string } = {},
): (instance: FastifyLike) => Promise<void> {
  const logic = toLogic(bot)
  return async (instance) => {
    instance.removeAllContentTypeParsers()
    instance.addContentTypeParser('*', (_request, _payload, done) => done(null))
    instance.all(path, (request, reply) => {
      reply.hijack()
      return adapter.process(request.raw, reply.raw, logic)
    })
  }
}
