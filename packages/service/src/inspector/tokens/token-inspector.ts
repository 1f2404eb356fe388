import type { BotPost } from '../../bots/post-observer.ts'
import type { BotRegistry } from '../../bots/bot-registry.ts'
import type { AccessTokens } from '../../identity/access-tokens.ts'
import type { Endorsements } from '../../identity/endorsements.ts'
import type { KeyRing } from '../../identity/key-ring.ts'
import type { ServiceCloud } from '../../identity/service-cloud.ts'
import type { Clock } from '../../clock.ts'
import type { DecodedToken } from '../entry.ts'
import { inspectBotCall } from './bot-call-token.ts'
import type { BotCallFacts } from './bot-call-token.ts'
import { KeyFetches } from './key-fetches.ts'
import { inspectPost } from './post-token.ts'

export interface TokenInspectorOptions {
  readonly bots: BotRegistry
  /** The channel's sign what is sent to bots, the tenant's what bots show. */
  readonly keys: { readonly channel: KeyRing; readonly tenant: KeyRing }
  /** Base address of the service. */
  readonly url: string
  /** Issuer of the tokens sent to bots. */
  readonly issuer: string
  readonly cloud: ServiceCloud
  /** By whose clock tokens are judged. */
  readonly identity: {
    readonly clock: Clock
    readonly endorsements: Endorsements
    readonly accessTokens: Pick<AccessTokens, 'tenantOf'>
  }
}

/** Says what is in the tokens of both directions, and why one was refused. */
export class TokenInspector {
  readonly fetches: KeyFetches = new KeyFetches()
  private readonly options: TokenInspectorOptions

  constructor(options: TokenInspectorOptions) {
    this.options = options
  }

  /** @returns what was found, when it is asked for; `undefined` when there is no token to speak of. */
  ofBotCall(facts: Omit<BotCallFacts, 'at'>): (() => DecodedToken) | undefined {
    const { keys, bots, url, cloud, identity } = this.options
    const context = { keys: keys.tenant, bots, url, cloud, accessTokens: identity.accessTokens }
    return inspectBotCall({ ...facts, at: identity.clock.now() }, context)
  }

  /** @returns what was found, when it is asked for. */
  ofPost(post: BotPost): () => DecodedToken {
    const { keys, url, issuer, cloud, identity } = this.options
    const endorsements = identity.endorsements.list()
    const context = { keys: keys.channel, fetches: this.fetches, url, issuer, cloud, endorsements }
    return inspectPost(post, identity.clock.now(), context)
  }
}
