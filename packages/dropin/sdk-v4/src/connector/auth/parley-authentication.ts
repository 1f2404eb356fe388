import type { AdmittedActivity, Cloud, InboundHeaders, VerifiedIdentity } from '@parley/auth'
import type { Activity, TokenSource } from '@parley/core'
import { areNamespacesChanged } from './changed-namespaces.ts'
import type { AuthenticateRequestResult } from './authenticate-request-result.ts'

/** v4's authentication as Parley's own adapter needs it: the sender is proven before the body is read. */
export interface ParleyAuthentication {
  /** The bot's app id, when the credentials say it; `undefined` too for bots without one. */
  readonly appId: string | undefined
  readonly cloud: Cloud
  /** Bearers for the bot's own calls. */
  readonly tokens: TokenSource
  /** Whether everybody is let in. */
  isAuthenticationDisabled(): Promise<boolean>
  /** Fits the road of `@parley/adapter/internal`. Refuses with `InboundRefusedError`. */
  readonly authenticator: {
    authenticate(headers: InboundHeaders): Promise<VerifiedIdentity>
    admit(identity: VerifiedIdentity, activity: AdmittedActivity): Promise<void>
  }
  /** What v4 hands to a turn, for a sender that was admitted. */
  resultOf(identity: VerifiedIdentity, activity: Activity): Promise<AuthenticateRequestResult>
}

const givers = new WeakMap<object, () => ParleyAuthentication | undefined>()

/**
 * Lets an authentication take Parley's road. One that wraps another passes that one's answer on.
 *
 * @param give - Asked each time; `undefined` while v4's way must be taken.
 */
export function provideParleyAuthentication(
  authentication: object,
  give: () => ParleyAuthentication | undefined,
): void {
  givers.set(authentication, give)
}

/**
 * How Parley's road authenticates for `authentication`; `undefined` when it must take v4's way through
 * `authenticateRequest`: it is of a class of the bot's own, one of its methods was replaced, or somebody changed v4's
 * authentication namespaces.
 */
export function parleyAuthenticationOf(authentication: object): ParleyAuthentication | undefined {
  return areNamespacesChanged() ? undefined : givers.get(authentication)?.()
}

/**
 * Whether an object is of exactly that class and none of its methods was replaced, on it or on the class since it was loaded.
 *
 * @param methods - The methods as they were loaded, from {@link methodsOf}.
 */
export function isUnchanged(object: object, prototype: object, methods: Readonly<Record<string, unknown>>): boolean {
  if (Object.getPrototypeOf(object) !== prototype) return false
  return Object.keys(methods).every((name) => (object as Record<string, unknown>)[name] === methods[name])
}

/** The methods of a class, for {@link isUnchanged}. */
export function methodsOf(prototype: object): Readonly<Record<string, unknown>> {
  const names = Object.getOwnPropertyNames(prototype)
  return Object.fromEntries(names.map((name) => [name, (prototype as Record<string, unknown>)[name]]))
}
