import type { WireAccount } from '../conversations/wire-activity.ts'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { KeyRing } from '../identity/key-ring.ts'
import { verifyToken } from '../identity/verify-token.ts'

/** What a Direct Line token is good for: one conversation with one bot, perhaps as one user. */
export interface DirectLineClaims {
  readonly conversationId: string
  /** App id of the bot. */
  readonly botId: string
  readonly channelId: string
  readonly user?: WireAccount
  /** Pages the token may be used from; empty for any that may use the service. */
  readonly trustedOrigins: readonly string[]
  /** The client's mark of the conversation. */
  readonly eTag?: string
}

/** The token of a client, or the one in the address of a stream, which must be used within a minute. */
export type DirectLinePurpose = 'client' | 'stream'

export type DirectLineCheck =
  | { readonly kind: 'valid'; readonly claims: DirectLineClaims }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' }

export interface DirectLineTokensOptions {
  readonly keys: KeyRing
  readonly clock: Clock
  readonly lifetimeSeconds: Readonly<Record<DirectLinePurpose, number>>
}

/** The real service's audience; the stream's is ours, so that neither token passes for the other. */
const AUDIENCE: Readonly<Record<DirectLinePurpose, string>> = {
  client: 'https://directline.botframework.com/',
  stream: 'https://directline.botframework.com/stream',
}

/** Issues and checks Direct Line tokens: RS256, opaque to clients. */
export class DirectLineTokens {
  /** Life of a client's token. */
  readonly lifetimeSeconds: number
  private readonly options: DirectLineTokensOptions

  constructor(options: DirectLineTokensOptions) {
    this.options = options
    this.lifetimeSeconds = options.lifetimeSeconds.client
  }

  /** Whether the key is there. */
  get isReady(): boolean {
    return this.options.keys.isReady
  }

  /** Waits for the key, which may still be in the making right after the start. */
  ready(): Promise<void> {
    return this.options.keys.ready()
  }

  issue(purpose: DirectLinePurpose, claims: DirectLineClaims): string {
    const { keys, clock, lifetimeSeconds } = this.options
    const now = toSeconds(clock.now())
    return keys.sign({
      iss: 'https://directline.botframework.com/',
      aud: AUDIENCE[purpose],
      iat: now,
      nbf: now,
      exp: now + lifetimeSeconds[purpose],
      bot: claims.botId,
      site: claims.channelId,
      conv: claims.conversationId,
      user: claims.user?.id,
      name: claims.user?.name,
      etag: claims.eTag,
      origins: claims.trustedOrigins.length > 0 ? claims.trustedOrigins : undefined,
    })
  }

  check(purpose: DirectLinePurpose, token: string): DirectLineCheck {
    const { keys, clock } = this.options
    const check = verifyToken(token, { keys, clock, audience: AUDIENCE[purpose] })
    if (check.kind !== 'valid') return { kind: check.kind }
    const { bot, site, conv, user, name, origins, etag } = check.claims as Record<string, unknown>
    return {
      kind: 'valid',
      claims: {
        conversationId: String(conv),
        botId: String(bot),
        channelId: String(site),
        ...(typeof user === 'string' ? { user: { id: user, ...(typeof name === 'string' ? { name } : {}) } } : {}),
        ...(typeof etag === 'string' ? { eTag: etag } : {}),
        trustedOrigins: Array.isArray(origins) ? origins.map(String) : [],
      },
    }
  }
}
