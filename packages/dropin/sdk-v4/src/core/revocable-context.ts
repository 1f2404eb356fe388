import type { TurnContext } from '@parley/core'

/** A view on a context that can be closed. */
export interface RevocableContext {
  readonly proxy: TurnContext
  /** From now on nothing can be read from the proxy but the methods that send. */
  readonly revoke: () => void
}

/** They work after the turn as well, so that what is sent late, or without waiting, arrives. */
const SENDING: ReadonlySet<PropertyKey> = new Set([
  'sendActivity',
  'sendActivities',
  'updateActivity',
  'deleteActivity',
  'sendTraceActivity',
])

/**
 * What bots get as their context: v4 takes it from them when the turn has ended, and code relies on that (`TypeError`). The
 * methods that send are bound to the context itself, which outlives the turn.
 */
export function revocable(context: TurnContext): RevocableContext {
  let revoked = false
  const bound = new Map<unknown, unknown>()

  const allow = (trap: string): void => {
    if (revoked) throw new TypeError(`Cannot perform '${trap}' on a proxy that has been revoked`)
  }
  const sendingMethod = (target: TurnContext, name: PropertyKey): unknown => {
    const method: unknown = Reflect.get(target, name)
    // What a bot has put in its place, a spy for example, is handed out as it is.
    if (Object.hasOwn(target, name) || typeof method !== 'function') return method
    if (!bound.has(method)) bound.set(method, method.bind(target))
    return bound.get(method)
  }

  const proxy = new Proxy(context, {
    get(target, name, receiver) {
      if (SENDING.has(name)) return sendingMethod(target, name)
      // A promise resolved with the context asks for this, also after the turn.
      if (name === 'then' && revoked) return undefined
      allow('get')
      return Reflect.get(target, name, receiver)
    },
    set(target, name, value, receiver) {
      allow('set')
      return Reflect.set(target, name, value, receiver)
    },
    has(target, name) {
      allow('has')
      return Reflect.has(target, name)
    },
    ownKeys(target) {
      allow('ownKeys')
      return Reflect.ownKeys(target)
    },
    getPrototypeOf(target) {
      allow('getPrototypeOf')
      return Reflect.getPrototypeOf(target)
    },
  })
  return {
    proxy,
    revoke: () => {
      revoked = true
    },
  }
}
