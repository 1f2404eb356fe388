import type { BotPost } from '../../bots/post-observer.ts'
import { toSeconds } from '../../clock.ts'
import type { KeyRing } from '../../identity/key-ring.ts'
import type { ServiceCloud } from '../../identity/service-cloud.ts'
import type { DecodedToken, TokenFinding } from '../entry.ts'
import { explainRefusal } from './bot-refusal.ts'
import type { KeyFetches } from './key-fetches.ts'
import { equalFinding, finding, shown, timeFindings } from './token-checks.ts'
import { readToken } from './token-text.ts'
import type { TokenText } from './token-text.ts'

export interface PostContext {
  readonly keys: KeyRing
  readonly fetches: KeyFetches
  /** Base address of the service. */
  readonly url: string
  /** Issuer of the tokens sent to bots. */
  readonly issuer: string
  readonly cloud: ServiceCloud
  /** Channels the key vouches for. */
  readonly endorsements: readonly string[]
}

/** Clocks may differ by as much. */
const TOLERANCE_MS = 300_000

/**
 * Looks at the token that was sent to a bot, and at why the bot may have refused it.
 *
 * @param at - When it was sent, in milliseconds since the epoch.
 * @returns what was found, when it is asked for.
 */
export function inspectPost(post: BotPost, at: number, context: PostContext): () => DecodedToken {
  const { bot, activity, answer } = post
  const authorization = post.headers['Authorization']
  const token = readToken(typeof authorization === 'string' ? authorization : undefined)
  const isRefused = answer?.status === 401 || answer?.status === 403
  // What a refusal has to do with may be different by the time somebody asks.
  const now = isRefused ? [...keyFindings(token, context), ...fetchFindings(bot.appId, context)] : undefined
  const clock = isRefused ? clockFindings(answer?.headers.date, at) : []
  const saysWhy = isRefused && answer ? explainRefusal(answer.body) : undefined
  const status = answer?.status
  const { serviceUrl, channelId } = activity
  const { appId } = bot
  return () => {
    const checks = token
      ? [
          ...(now ?? keyFindings(token, context)),
          ...clock,
          ...claimFindings(token, { at, appId, serviceUrl, channelId }, context),
        ]
      : [finding('token', false, 'No token was sent.')]
    const verdict = status === undefined ? 'unknown' : isRefused ? 'refused' : 'accepted'
    const advice = isRefused ? adviceFor(checks, status, appId, saysWhy, context) : undefined
    return { ...(token ?? { header: {}, claims: {} }), verdict, checks, ...(advice === undefined ? {} : { advice }) }
  }
}

function keyFindings(token: TokenText | undefined, { keys }: PostContext): readonly TokenFinding[] {
  const kid = token?.header['kid']
  const isPublished = typeof kid === 'string' && keys.find(kid) !== undefined
  return [
    finding(
      'key',
      isPublished,
      isPublished ? `The key ${shown(kid)} is published.` : `The key ${shown(kid)} is not published.`,
    ),
  ]
}

/** Whether the bot knows where the keys are. */
function fetchFindings(appId: string, { fetches }: PostContext): readonly TokenFinding[] {
  const own = fetches.of(appId)
  const anybody = fetches.ofAnybody
  return (['metadata', 'keys'] as const).map((document) => {
    const at = own[document]
    const name = `${document} fetched`
    if (at !== undefined)
      return finding(name, true, `The bot fetched the ${document} at ${new Date(at).toISOString()}.`)
    // Some know where the keys are without asking.
    if (document === 'metadata' && (own.keys ?? anybody.keys) !== undefined) {
      return finding(name, null, `The bot did not ask for the metadata, and needs none: keys were fetched.`)
    }
    return anybody[document] === undefined
      ? finding(name, false, `The bot has never fetched this service's ${document} since the service was started.`)
      : finding(name, null, `A bot fetched the ${document}; nobody can tell whether it was this one.`)
  })
}

/** What the bot's own clock says. */
function clockFindings(date: string | undefined, at: number): readonly TokenFinding[] {
  const time = Date.parse(date ?? '')
  if (Number.isNaN(time)) return []
  const isRight = Math.abs(time - at) <= TOLERANCE_MS
  const detail = `The bot's clock says ${new Date(time).toISOString()}, this service's ${new Date(at).toISOString()}.`
  return [finding('clock', isRight, detail)]
}

interface ClaimFacts {
  readonly at: number
  readonly appId: string
  readonly serviceUrl: string | undefined
  readonly channelId: string | undefined
}

function claimFindings(
  token: TokenText,
  { at, appId, serviceUrl = '', channelId = '' }: ClaimFacts,
  { issuer, endorsements }: PostContext,
): readonly TokenFinding[] {
  const { iss, aud, serviceurl } = token.claims
  const isEndorsed = endorsements.includes(channelId)
  return [
    equalFinding('issuer', iss, issuer, 'It is issued by this service.'),
    equalFinding('audience', aud, appId, 'It is for the app id the bot is registered with.'),
    ...timeFindings(token, toSeconds(at)),
    equalFinding('service url', serviceurl, serviceUrl, 'It names the address the activity names.'),
    finding(
      'endorsement',
      isEndorsed,
      isEndorsed
        ? `The key vouches for the channel ${channelId}.`
        : `The key vouches for ${endorsements.join(', ')}, not for ${shown(channelId)}.`,
    ),
  ]
}

function adviceFor(
  checks: readonly TokenFinding[],
  status: number | undefined,
  appId: string,
  saysWhy: string | undefined,
  context: PostContext,
): string {
  const failed = (...names: string[]): TokenFinding | undefined =>
    checks.find(({ name, passed }) => passed === false && names.includes(name))
  const sent = failed('token', 'key', 'issuer', 'audience', 'not before', 'expiry', 'service url', 'endorsement')
  if (sent) return `The bot is right to refuse it (${sent.name}): ${sent.detail}`
  if (failed('metadata fetched', 'keys fetched')) return otherChannelService(context)
  if (failed('clock')) return 'The clocks differ by more than five minutes, which is all that bots allow: set them.'
  const hints = [
    saysWhy ?? `See the bot's log for why.`,
    status === 403
      ? 'The token was understood, and its sender is not allowed: see which channels and callers the bot allows.'
      : `Compare its MicrosoftAppId with ${appId}, and its token issuer with ${context.issuer}.`,
  ]
  return hints.join(' ')
}

/** The settings by which a bot takes this service for its channel. */
function otherChannelService({ url, issuer, cloud }: PostContext): string {
  return (
    'The bot has not asked this service for its keys, so it listens to another channel service. ' +
    `Set ChannelService=${url}; for SDK v4 set all of these: ToChannelFromBotLoginUrl=${url}/${cloud.botTenantName}, ` +
    `ToChannelFromBotOAuthScope=${cloud.connectorAudience}, ToBotFromChannelTokenIssuer=${issuer}, OAuthUrl=${url}, ` +
    `ToBotFromChannelOpenIdMetadataUrl=${url}/v1/.well-known/openidconfiguration, ` +
    `ToBotFromEmulatorOpenIdMetadataUrl=${url}/${cloud.botTenantName}/v2.0/.well-known/openid-configuration, ` +
    `CallerId=urn:botframework:${cloud.name === 'public' ? 'azure' : 'azureusgov'}. ` +
    'Then start the bot again, also when it ran before this service did: ' +
    'it keeps the keys of the service that ran then.'
  )
}
