import { checkServiceUrl, ParleyError } from '@parley/core'
import { BoundedMap } from '@parley/core/internal'
import { publicCloud } from '../cloud.ts'
import { admitActivity } from './admit.ts'
import type { AdmittedActivity } from './admit.ts'
import { readBearerToken } from './bearer-token.ts'
import type { InboundHeaders } from './bearer-token.ts'
import { CLOCK_TOLERANCE_SECONDS } from './claim-checks.ts'
import { readTokenParts } from './token-parts.ts'
import { createTokenPaths } from './token-paths.ts'
import type { TokenPathOptions } from './token-paths.ts'
import { verifySignature } from './token-signature.ts'
import { VerifiedIdentity } from './verified-identity.ts'
import { VerifiedTokens } from './verified-tokens.ts'

/** Whom to let in. */
export interface InboundAuthenticatorOptions extends TokenPathOptions {
  /** This bot's app id: the audience of every accepted token. Empty or absent: see {@link allowAnonymous}. */
  readonly appId?: string | undefined
  /** Without an app id, let everybody in unproven. With one it changes nothing. Default `false`. */
  readonly allowAnonymous?: boolean | undefined
}

/** Proves who sends, in two stages: before the body is read, and once it is parsed. */
export interface InboundAuthenticator {
  /**
   * Stage 1, from the headers alone. The cheap checks come first; a token verified before costs one hash.
   *
   * @throws InboundRefusedError with a code of {@link AUTH_REFUSALS}: 401 not proven, 403 proven but not permitted, 431 header
   * too large, 503 keys unavailable.
   */
  authenticate(headers: InboundHeaders): Promise<VerifiedIdentity>
  /**
   * Stage 3, on the parsed activity: it must be what the token vouches for, and name a connector that may be called.
   *
   * @throws InboundRefusedError `AUTH_SERVICEURL` (401), `AUTH_ENDORSEMENT` (403), `URL_SCHEME` or `URL_FORBIDDEN` (400).
   */
  admit(identity: VerifiedIdentity, activity: AdmittedActivity): void
}

/** A bot without an app id was about to let everybody in, and nobody had said that it may. Raised at start-up. */
export class AnonymousNotAllowedError extends ParleyError {
  static readonly code = 'AUTH_ANONYMOUS_OFF'
  readonly code: string = AnonymousNotAllowedError.code

  constructor() {
    super('No app id is configured: set MicrosoftAppId, or pass allowAnonymous: true to accept unproven senders.')
  }
}

/**
 * Makes the authenticator of one bot. Keys are fetched when the first token needs them.
 *
 * @throws {@link AnonymousNotAllowedError} `AUTH_ANONYMOUS_OFF`: neither `appId` nor `allowAnonymous`.
 */
export function createInboundAuthenticator(options: InboundAuthenticatorOptions): InboundAuthenticator {
  const { appId, cloud = publicCloud, allowAnonymous = false } = options
  if (!appId && !allowAnonymous) throw new AnonymousNotAllowedError()
  const checkUrl = rememberingCheck(cloud.allowLoopback)
  return Object.freeze({
    authenticate: appId ? tokenAuthentication(appId, options) : anonymousAuthentication(),
    admit: (identity: VerifiedIdentity, activity: AdmittedActivity) => admitActivity(identity, activity, checkUrl),
  })
}

const MAX_SERVICE_URLS = 1_000

type Authenticate = InboundAuthenticator['authenticate']

function anonymousAuthentication(): Authenticate {
  const anonymous = new VerifiedIdentity({ kind: 'anonymous', claims: {} })
  return async () => anonymous
}

function tokenAuthentication(appId: string, options: InboundAuthenticatorOptions): Authenticate {
  const { now = Date.now } = options
  const paths = createTokenPaths(appId, options)
  const verified = new VerifiedTokens()

  return async (headers) => {
    const token = readBearerToken(headers)
    const known = await verified.recall(token, now)
    if (known) return known

    const { kid, claimedIssuer } = readTokenParts(token)
    const path = paths.forIssuer(claimedIssuer)
    const key = await path.findKey(kid)
    const claims = await verifySignature(token, key.key)
    const identity = path.identify(claims, key, now() / 1000)
    verified.remember(token, { identity, key, keys: path.keys, refusedAt: refusedAt(identity) })
    return identity
  }
}

/** A bot is sent to by few services; their URLs are looked at once. */
function rememberingCheck(allowLoopback: boolean): (serviceUrl: string) => void {
  const passed = new BoundedMap<string, true>(MAX_SERVICE_URLS)
  return (serviceUrl) => {
    if (passed.get(serviceUrl)) return
    checkServiceUrl(serviceUrl, { allowLoopback })
    passed.set(serviceUrl, true)
  }
}

function refusedAt({ expiresAt }: VerifiedIdentity): number {
  return (expiresAt?.getTime() ?? 0) + CLOCK_TOLERANCE_SECONDS * 1000
}
