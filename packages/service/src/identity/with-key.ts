import type { RouteHandler } from '../http/exchange.ts'
import type { KeyRing } from './key-ring.ts'

/** Answers when there is a key: right after the start it may still be in the making. Later on nothing waits. */
export function withKey(keys: Pick<KeyRing, 'isReady' | 'ready'>, handler: RouteHandler): RouteHandler {
  return (exchange) => (keys.isReady ? handler(exchange) : keys.ready().then(() => handler(exchange)))
}
