import type { RouteHandler } from '../http/exchange.ts'
import type { KeyRing } from './key-ring.ts'

/** Answers when there is a key: right after the start it may still be in the making. */
export function withKey(keys: Pick<KeyRing, 'ready'>, handler: RouteHandler): RouteHandler {
  return async (exchange) => {
    await keys.ready()
    return handler(exchange)
  }
}
