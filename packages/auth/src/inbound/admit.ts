import { normalizeServiceUrl } from '@parley/core'
import type { Activity } from '@parley/core'
import { printable, refused } from '../refusals.ts'
import type { VerifiedIdentity } from './verified-identity.ts'

/** The part of an activity that a token must vouch for. */
export type AdmittedActivity = Pick<Activity, 'channelId' | 'serviceUrl'>

/**
 * Whether a proven sender may send this activity: what the body says must be what the token vouches for.
 *
 * @param checkUrl - Throws when a connector may not be called at all.
 * @throws InboundRefusedError `AUTH_SERVICEURL`, `AUTH_ENDORSEMENT`, `URL_SCHEME` or `URL_FORBIDDEN`.
 */
export function admitActivity(
  identity: VerifiedIdentity,
  activity: AdmittedActivity,
  checkUrl: (serviceUrl: string) => void,
): void {
  requireSameServiceUrl(identity, activity)
  requireEndorsement(identity, activity)
  // A program on the bot's own machine that gives no address gets no replies.
  if (identity.kind === 'anonymous' && activity.serviceUrl === undefined) return
  checkUrl(activity.serviceUrl)
}

/** Replies carry our bearer token: they may go only where the channel's own token says. */
function requireSameServiceUrl(
  { kind, serviceUrl: claimed }: VerifiedIdentity,
  { serviceUrl }: AdmittedActivity,
): void {
  if (kind !== 'channel') return
  if (claimed === serviceUrl) return
  if (!claimed || normalizeServiceUrl(claimed) !== normalizeServiceUrl(serviceUrl)) {
    throw refused('AUTH_SERVICEURL', "The activity's serviceUrl is not the one the token vouches for.")
  }
}

/** A key may speak for the channels its issuer endorsed it for; without that, one channel could pose as another. */
function requireEndorsement({ endorsements }: VerifiedIdentity, { channelId }: AdmittedActivity): void {
  if (endorsements && !endorsements.includes(channelId)) {
    throw refused('AUTH_ENDORSEMENT', `The signing key is not endorsed for the channel ${printable(channelId)}.`)
  }
}
