import { createVerify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { BotRegistry } from '../../bots/bot-registry.ts'
import { toSeconds } from '../../clock.ts'
import type { AccessTokens } from '../../identity/access-tokens.ts'
import type { KeyRing } from '../../identity/key-ring.ts'
import type { ServiceCloud } from '../../identity/service-cloud.ts'
import { tenantIssuer } from '../../identity/tenants.ts'
import { bearerOf } from '../../identity/verify-token.ts'
import type { DecodedToken, TokenFinding } from '../entry.ts'
import { equalFinding, finding, shown, timeFindings } from './token-checks.ts'
import { readToken } from './token-text.ts'
import type { TokenText } from './token-text.ts'

/** A call of a bot, when it is over. */
export interface BotCallFacts {
  readonly authorization: string | undefined
  /** Path of the address. */
  readonly path: string
  /** Absent when there was no answer. */
  readonly status: number | undefined
  /** Milliseconds since the epoch. */
  readonly at: number
  /** App id of the bot the conversation belongs to, if the call is about one that exists. */
  readonly conversationBotId: string | undefined
}

/** What is kept of it: not the token. */
type KeptFacts = Omit<BotCallFacts, 'authorization'>

export interface BotCallContext {
  readonly keys: KeyRing
  readonly bots: BotRegistry
  readonly accessTokens: Pick<AccessTokens, 'tenantOf'>
  readonly cloud: ServiceCloud
  /** Base address of the service. */
  readonly url: string
}

/** Doors that only open with a bot's token. */
const GUARDED = /^\/(?:v3\/(?:conversations|teams|batch|botstate)|v1\/meetings|api)(?:\/|$)|^\/v3\/attachments\/[^/]+$/

/**
 * Looks at the token a bot has shown. What changes with time is looked at now, the rest when somebody asks for it.
 *
 * @returns what was found, when it is asked for; `undefined` for a call that needs no token and has none.
 */
export function inspectBotCall(facts: BotCallFacts, context: BotCallContext): (() => DecodedToken) | undefined {
  const { authorization, ...kept } = facts
  const { status, path } = kept
  const isGuarded = GUARDED.test(path)
  if (authorization === undefined) return isGuarded && status === 401 ? () => withoutToken(context) : undefined
  const token = readToken(authorization)
  if (!token) return unreadable(bearerOf(authorization) !== undefined)
  const key = status === 401 ? findKey(token, authorization, context.keys) : ACCEPTED_KEY
  return () => {
    const checks = [...keyFindings(token, key), ...claimFindings(token, kept, context)]
    const failed = checks.find(({ passed }) => passed === false)
    const isRefused = status === 401 || (status === 403 && failed !== undefined)
    const advice = isRefused ? adviceFor(failed, token, context) : undefined
    const verdict = isGuarded ? (isRefused && failed ? 'refused' : 'accepted') : 'unknown'
    return { ...token, verdict, checks, ...(advice === undefined ? {} : { advice }) }
  }
}

interface FoundKey {
  readonly state: 'published' | 'withdrawn' | 'unknown' | 'missing'
  /** Absent when there was nothing to check it with. */
  readonly isSigned?: boolean
}

const ACCEPTED_KEY: FoundKey = { state: 'published', isSigned: true }

function findKey({ header }: TokenText, authorization: string, keys: KeyRing): FoundKey {
  const { kid } = header
  if (typeof kid !== 'string') return { state: 'missing' }
  const key = keys.find(kid)
  if (!key) return { state: keys.wasWithdrawn(kid) ? 'withdrawn' : 'unknown' }
  return { state: 'published', isSigned: isSigned(bearerOf(authorization) ?? '', key) }
}

function isSigned(token: string, key: KeyObject): boolean {
  const [header = '', claims = '', signature = ''] = token.split('.')
  return createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(key, signature, 'base64url')
}

function keyFindings({ header }: TokenText, { state, isSigned: signed }: FoundKey): readonly TokenFinding[] {
  const { alg, kid } = header
  const details = {
    published: `The key ${shown(kid)} is one this service publishes for bots.`,
    withdrawn: `The key ${shown(kid)} was withdrawn in this run.`,
    unknown: `The key ${shown(kid)} is none of this service's: the token is from elsewhere, or from an earlier run.`,
    missing: 'The token does not say which key has signed it.',
  } as const
  return [
    equalFinding('algorithm', alg, 'RS256', 'It is signed with RS256.'),
    finding('key', state === 'published', details[state]),
    finding('signature', signed ?? null, signatureDetail(signed)),
  ]
}

function signatureDetail(isGood: boolean | undefined): string {
  if (isGood === undefined) return 'Without the key nobody can tell.'
  return isGood ? 'The signature is that of the key.' : 'The signature is not that of the key: the token was changed.'
}

function claimFindings(
  token: TokenText,
  { at, conversationBotId }: KeptFacts,
  { bots, accessTokens, cloud }: BotCallContext,
): readonly TokenFinding[] {
  const { iss, aud, ver, appid, azp } = token.claims
  const appId = appid ?? azp
  const bot = typeof appId === 'string' ? bots.find(appId) : undefined
  const issuer = tenantIssuer(bot ? accessTokens.tenantOf(bot) : cloud.botTenantId)
  return [
    equalFinding('issuer', iss, issuer, 'It was issued in the tenant of the bot.'),
    equalFinding('audience', aud, cloud.connectorAudience, 'It is for the Connector API.'),
    ...timeFindings(token, toSeconds(at)),
    equalFinding('version', ver, '1.0', 'It has claims of version 1.0.'),
    finding(
      'app',
      bot !== undefined,
      bot ? `${bot.name} (${bot.appId}) is registered here.` : `No bot ${shown(appId)} is registered here.`,
    ),
    conversationBotId === undefined
      ? finding('conversation', null, 'The call is about no conversation there is.')
      : finding(
          'conversation',
          conversationBotId === appId,
          conversationBotId === appId
            ? 'The conversation is one of the bot.'
            : 'The conversation belongs to another bot.',
        ),
  ]
}

function adviceFor(failed: TokenFinding | undefined, { claims }: TokenText, { url, cloud }: BotCallContext): string {
  const loginHere = `Have the bot get its tokens here: ChannelService=${url}, or ToChannelFromBotLoginUrl for SDK v4.`
  switch (failed?.name) {
    case undefined:
      return 'The token is in order; the refusal was asked for with a failure switch.'
    case 'key':
      return String(claims['iss']).startsWith('https://sts.windows.net/') || String(claims['iss']).includes('microsoft')
        ? `If the service was started again, start the bot again too, or wait until it renews its token. Otherwise: ${loginHere}`
        : loginHere
    case 'expiry':
      return 'Bots renew tokens five minutes before they end; compare the clocks, and see whether the bot keeps old tokens.'
    case 'not before':
      return 'Compare the clocks of the machine of the bot and of this one.'
    case 'audience':
      return `The bot asked for a token with another scope; the Connector API takes ${cloud.connectorAudience}/.default.`
    case 'issuer':
      return 'Compare MicrosoftAppType and MicrosoftAppTenantId of the bot with how it is registered here.'
    case 'app':
      return 'Compare MicrosoftAppId of the bot with --bot-id, or register the bot.'
    case 'conversation':
      return 'A bot may use its own conversations only: take the id from the activity it answers.'
    default:
      return loginHere
  }
}

function withoutToken({ url }: BotCallContext): DecodedToken {
  return {
    header: {},
    claims: {},
    verdict: 'refused',
    checks: [finding('token', false, 'The call has no Authorization header.')],
    advice:
      'The bot called without a token, as one without an app id does: set its MicrosoftAppId and MicrosoftAppPassword, ' +
      `and ChannelService=${url}.`,
  }
}

function unreadable(isBearer: boolean): () => DecodedToken {
  return () => ({
    header: {},
    claims: {},
    verdict: 'refused',
    checks: [
      finding('scheme', isBearer, isBearer ? 'The scheme is Bearer.' : 'It is not of the form `Bearer <token>`.'),
      finding('token', false, 'It is not a JSON Web Token.'),
    ],
    advice: 'Send `Authorization: Bearer <token>` with a token from the token endpoint of this service.',
  })
}
