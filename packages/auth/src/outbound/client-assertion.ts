import type { RequestToken } from './cached-token-source.ts'
import { askTokenEndpoint } from './token-endpoint.ts'
import { CredentialsRefusedError } from './token-errors.ts'

/** An app that proves itself with a signed statement (RFC 7523 §2.2) instead of a secret. */
export interface AssertionCredential {
  readonly endpoint: URL
  readonly appId: string
  /** Asked for every request: statements are short-lived, and a service may take each only once. */
  readonly assert: (signal: AbortSignal) => Promise<string>
  /** Hears of a statement that was refused, so that it is not used again. */
  readonly forget?: ((assertion: string) => void) | undefined
  /** What to check when the statement is refused. */
  readonly remedy: string
}

/** Gets tokens for an app that proves itself with assertions. */
export function requestWithAssertion({ endpoint, appId, assert, forget, remedy }: AssertionCredential): RequestToken {
  return async (audience, signal) => {
    const assertion = await assert(signal)
    const proof = {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }
    try {
      return await askTokenEndpoint({ endpoint, proof, appId, audience, remedy, signal })
    } catch (error) {
      if (error instanceof CredentialsRefusedError) forget?.(assertion)
      throw error
    }
  }
}

/** What `provide` gives while the signal lasts; one that does not heed it is left behind. */
export async function withinTime<T>(provide: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  // First: if it throws, nobody would be left to hear that the time is up.
  const provided = provide(signal)
  const timeUp = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([provided, timeUp])
}
