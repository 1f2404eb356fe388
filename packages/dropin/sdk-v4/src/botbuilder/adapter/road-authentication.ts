import type { RoadAuthenticator } from '@parley/adapter/internal'
import { VerifiedIdentity } from '@parley/auth'
import type { AdmittedActivity, InboundHeaders } from '@parley/auth'
import { InboundRefusedError } from '@parley/core'
import type { Activity } from '@parley/core'
import type { AuthenticateRequestResult } from '../../connector/auth/authenticate-request-result.ts'
import { AuthenticationError } from '../../connector/auth/authentication-error.ts'
import type { BotFrameworkAuthentication } from '../../connector/auth/bot-framework-authentication.ts'
import { parleyAuthenticationOf } from '../../connector/auth/parley-authentication.ts'

/** v4's authentication of requests; what else it does is none of the road's business. */
type RequestAuthentication = Pick<BotFrameworkAuthentication, 'authenticateRequest'>

/** What an authentication of the bot's own has found out about a request. */
interface OwnCheck {
  readonly authHeader: string
  result?: AuthenticateRequestResult
}

/**
 * Proves senders on Parley's road by v4's authentication: before the body is read where it is the one of the SDK, and by
 * `authenticateRequest` once the activity is known where the bot brought its own, or changed the namespaces of the SDK.
 */
export class RoadAuthentication implements RoadAuthenticator {
  private readonly authentication: RequestAuthentication
  private readonly ownChecks: WeakMap<VerifiedIdentity, OwnCheck> = new WeakMap()

  constructor(authentication: RequestAuthentication) {
    this.authentication = authentication
  }

  /** Whether nobody has to prove anything, so that only this machine is let in. */
  async servesOnlyThisMachine(): Promise<boolean> {
    return (await parleyAuthenticationOf(this.authentication)?.isAuthenticationDisabled()) ?? false
  }

  async authenticate(headers: InboundHeaders): Promise<VerifiedIdentity> {
    const parley = parleyAuthenticationOf(this.authentication)
    if (parley) return parley.authenticator.authenticate(headers)
    const unproven = new VerifiedIdentity({ kind: 'anonymous', claims: {} })
    this.ownChecks.set(unproven, { authHeader: String(headers.authorization ?? '') })
    return unproven
  }

  async admit(identity: VerifiedIdentity, activity: AdmittedActivity): Promise<void> {
    const own = this.ownChecks.get(identity)
    if (!own) return parleyAuthenticationOf(this.authentication)?.authenticator.admit(identity, activity)
    try {
      own.result = await this.authentication.authenticateRequest(activity as Activity, own.authHeader)
    } catch (error) {
      throw refusalOf(error)
    }
  }

  /** What v4 hands to the turn of a sender that was admitted. */
  async resultOf(identity: VerifiedIdentity, activity: Activity): Promise<AuthenticateRequestResult> {
    const result =
      this.ownChecks.get(identity)?.result ??
      (await parleyAuthenticationOf(this.authentication)?.resultOf(identity, activity))
    // The namespaces were changed while the request was on its way.
    return result ?? this.authentication.authenticateRequest(activity, '')
  }
}

/** v4 answers 401, whatever status the error has. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof AuthenticationError)) return error
  return new InboundRefusedError({ code: 'AUTH_REFUSED', status: 401 }, error.message, { cause: error })
}
