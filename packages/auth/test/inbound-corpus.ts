import type { InboundAuthenticatorOptions } from '../src/inbound/inbound-authenticator.ts'
import type { InboundHeaders } from '../src/inbound/bearer-token.ts'
import { published, signToken, signWithPublicKey, signingInput } from './tokens.ts'
import type { TestKey } from './tokens.ts'

export const BOT = '11111111-1111-4111-8111-111111111111'
export const OTHER_BOT = '22222222-2222-4222-8222-222222222222'
export const SERVICE_URL = 'https://smba.trafficmanager.net/teams/'

const BOT_FRAMEWORK = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
const OWN_TENANT = '33333333-3333-4333-8333-333333333333'
const ATTACKER = '66666666-6666-4666-8666-666666666666'

/** What the attacks are made of. */
export interface World {
  readonly channelKey: TestKey
  readonly tenantKey: TestKey
  readonly rogueKey: TestKey
  readonly channelIssuer: string
  readonly nowSeconds: number
}

/** One attack or control. `outcome` is a refusal's code, or the kind of identity that is proven. */
export interface CorpusRow {
  readonly id: string
  readonly title: string
  readonly status: number
  readonly outcome: string
  readonly request: (world: World) => string | InboundHeaders
  readonly options?: Partial<InboundAuthenticatorOptions>
}

type Change = Readonly<Record<string, unknown>>

const channelClaims = ({ channelIssuer, nowSeconds }: World, change: Change = {}): object => ({
  serviceurl: SERVICE_URL,
  nbf: nowSeconds - 60,
  exp: nowSeconds + 3540,
  iss: channelIssuer,
  aud: BOT,
  ...change,
})

const tenantClaims = ({ nowSeconds }: World, change: Change = {}): object => ({
  aud: BOT,
  iss: `https://sts.windows.net/${BOT_FRAMEWORK}/`,
  iat: nowSeconds - 60,
  nbf: nowSeconds - 60,
  exp: nowSeconds + 3540,
  appid: BOT,
  tid: BOT_FRAMEWORK,
  ver: '1.0',
  ...change,
})

/** A token of the channel service with some claims and header fields changed. */
export const channel =
  (change: Change | ((world: World) => Change) = {}, header: object = {}) =>
  (world: World): string =>
    signToken(world.channelKey, channelClaims(world, typeof change === 'function' ? change(world) : change), header)

/** A tenant token with some claims changed. */
export const tenant =
  (change: Change | ((world: World) => Change) = {}) =>
  (world: World): string =>
    signToken(world.tenantKey, tenantClaims(world, typeof change === 'function' ? change(world) : change))

const raw = (...authorization: string[]): InboundHeaders => ({
  rawHeaders: ['Host', 'bot.test', ...authorization.flatMap((value) => ['Authorization', value])],
})

const bearer = (token: string): InboundHeaders => raw(`Bearer ${token}`)

/** `AAA.BBB.CCC` with one part replaced. */
const withPart = (token: string, index: number, part: string): string =>
  token
    .split('.')
    .map((old, at) => (at === index ? part : old))
    .join('.')

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = (count: number): Change => Object.fromEntries(Array.from({ length: count }, (_, at) => [`c${at}`, at]))
const v2 = (tenantId: string): string => `https://login.microsoftonline.com/${tenantId}/v2.0`

/** The inbound endpoint's attacks, as far as the headers decide. */
export const inboundCorpus: readonly CorpusRow[] = [
  { id: 'J00', title: 'valid channel token', status: 200, outcome: 'channel', request: channel() },
  { id: 'J01', title: 'no Authorization header', status: 401, outcome: 'AUTH_MISSING', request: () => raw() },
  { id: 'J01a', title: 'blank Authorization header', status: 401, outcome: 'AUTH_MISSING', request: () => raw(' ') },
  { id: 'J01b', title: 'no headers at all', status: 401, outcome: 'AUTH_MISSING', request: () => ({}) },
  {
    id: 'J02',
    title: 'scheme in other letters (RFC 9110)',
    status: 200,
    outcome: 'channel',
    request: (w) => raw(`bEARER ${channel()(w)}`),
  },
  { id: 'J03', title: 'Basic', status: 401, outcome: 'AUTH_SCHEME', request: () => raw('Basic dXNlcjpwYXNz') },
  {
    id: 'J03a',
    title: 'token without a scheme',
    status: 401,
    outcome: 'AUTH_SCHEME',
    request: (w) => raw(channel()(w)),
  },
  { id: 'J04', title: 'Bearer with no token', status: 401, outcome: 'AUTH_MALFORMED', request: () => raw('Bearer ') },
  { id: 'J04a', title: 'Bearer alone', status: 401, outcome: 'AUTH_MALFORMED', request: () => raw('Bearer') },
  { id: 'J06', title: 'three parts of junk', status: 401, outcome: 'AUTH_MALFORMED', request: () => bearer('a.b.c') },
  {
    id: 'J06a',
    title: 'characters outside base64url',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: (w) => bearer(`${channel()(w)}=`),
  },
  {
    id: 'J07',
    title: 'alg none, empty signature',
    status: 401,
    outcome: 'AUTH_ALG',
    request: (w) => `${signingInput({ alg: 'none', kid: w.channelKey.kid }, channelClaims(w))}.`,
  },
  {
    id: 'J08',
    title: 'alg RS256 in other letters',
    status: 401,
    outcome: 'AUTH_ALG',
    request: channel({}, { alg: 'rs256' }),
  },
  {
    id: 'J09',
    title: 'HS256 with the public key as secret',
    status: 401,
    outcome: 'AUTH_ALG',
    request: (w) => signWithPublicKey(w.channelKey, channelClaims(w)),
  },
  {
    id: 'J10',
    title: 'rogue key under the same kid',
    status: 401,
    outcome: 'AUTH_SIGNATURE',
    request: (w) => signToken({ ...w.rogueKey, kid: w.channelKey.kid }, channelClaims(w)),
  },
  {
    id: 'J11',
    title: 'RS256 header, empty signature',
    status: 401,
    outcome: 'AUTH_SIGNATURE',
    request: (w) => withPart(channel()(w), 2, ''),
  },
  { id: 'J12', title: 'no kid', status: 401, outcome: 'AUTH_KID_INVALID', request: channel({}, { kid: undefined }) },
  { id: 'J12a', title: 'empty kid', status: 401, outcome: 'AUTH_KID_INVALID', request: channel({}, { kid: '' }) },
  { id: 'J12b', title: 'kid as object', status: 401, outcome: 'AUTH_KID_INVALID', request: channel({}, { kid: {} }) },
  {
    id: 'J12c',
    title: 'kid of 129 characters',
    status: 401,
    outcome: 'AUTH_KID_INVALID',
    request: channel({}, { kid: 'k'.repeat(129) }),
  },
  {
    id: 'J13',
    title: 'kid as path',
    status: 401,
    outcome: 'AUTH_KID_UNKNOWN',
    request: channel({}, { kid: "../../etc/passwd' OR 1=1--" }),
  },
  {
    id: 'J14',
    title: 'kid of an inherited property',
    status: 401,
    outcome: 'AUTH_KID_UNKNOWN',
    request: channel({}, { kid: '__proto__' }),
  },
  ...['jku', 'x5u', 'jwk', 'x5c'].map((name, at): CorpusRow => ({
    id: `J15${'abcd'[at]}`,
    title: `${name} header beside a known kid`,
    status: 401,
    outcome: 'AUTH_KID_UNKNOWN',
    request: (w) =>
      signToken({ ...w.rogueKey, kid: w.channelKey.kid }, channelClaims(w), {
        [name]: published(w.rogueKey).n?.slice(0, 99),
      }),
  })),
  {
    id: 'J18',
    title: 'unknown crit header',
    status: 401,
    outcome: 'AUTH_CRIT',
    request: channel({}, { crit: ['exp'] }),
  },
  {
    id: 'J18a',
    title: 'empty crit header',
    status: 401,
    outcome: 'AUTH_CRIT',
    request: channel({}, { crit: [] }),
  },
  { id: 'J19', title: 'wrong iss', status: 401, outcome: 'AUTH_ISS', request: channel({ iss: 'https://evil.test' }) },
  { id: 'J20', title: 'no iss', status: 401, outcome: 'AUTH_ISS', request: channel({ iss: undefined }) },
  {
    id: 'J21',
    title: 'iss with a trailing slash',
    status: 401,
    outcome: 'AUTH_ISS',
    request: channel((w) => ({ iss: `${w.channelIssuer}/` })),
  },
  {
    id: 'J22',
    title: 'iss as list',
    status: 401,
    outcome: 'AUTH_ISS',
    request: channel((w) => ({ iss: [w.channelIssuer] })),
  },
  { id: 'J23', title: 'aud of another bot', status: 401, outcome: 'AUTH_AUD', request: channel({ aud: OTHER_BOT }) },
  {
    id: 'J23a',
    title: 'aud of the channel service (own outbound token)',
    status: 401,
    outcome: 'AUTH_AUD',
    request: tenant({ aud: 'https://api.botframework.com' }),
    options: { allowEmulator: true, allowedCallers: ['*'] },
  },
  { id: 'J24', title: 'no aud', status: 401, outcome: 'AUTH_AUD', request: channel({ aud: undefined }) },
  { id: 'J25', title: 'aud as list', status: 401, outcome: 'AUTH_AUD', request: channel({ aud: [OTHER_BOT, BOT] }) },
  {
    id: 'J27',
    title: 'expired 10 minutes ago',
    status: 401,
    outcome: 'AUTH_EXPIRED',
    request: channel((w) => ({ exp: w.nowSeconds - 600 })),
  },
  {
    id: 'J27a',
    title: 'expired 5 minutes ago, to the second',
    status: 401,
    outcome: 'AUTH_EXPIRED',
    request: channel((w) => ({ exp: w.nowSeconds - 300 })),
  },
  {
    id: 'J28',
    title: 'expired 4 minutes ago',
    status: 200,
    outcome: 'channel',
    request: channel((w) => ({ exp: w.nowSeconds - 240, nbf: w.nowSeconds - 3600 })),
  },
  {
    id: 'J29',
    title: 'valid in 10 minutes',
    status: 401,
    outcome: 'AUTH_NBF',
    request: channel((w) => ({ nbf: w.nowSeconds + 600 })),
  },
  { id: 'J29a', title: 'nbf as text', status: 401, outcome: 'AUTH_NBF', request: channel({ nbf: '0' }) },
  {
    id: 'J29b',
    title: 'valid in 4 minutes',
    status: 200,
    outcome: 'channel',
    request: channel((w) => ({ nbf: w.nowSeconds + 240 })),
  },
  { id: 'J30', title: 'no exp', status: 401, outcome: 'AUTH_EXP_MISSING', request: channel({ exp: undefined }) },
  {
    id: 'J31',
    title: 'exp as text',
    status: 401,
    outcome: 'AUTH_EXP_MISSING',
    request: channel((w) => ({ exp: String(w.nowSeconds + 600) })),
  },
  {
    id: 'J31a',
    title: 'exp that JSON reads as infinite',
    status: 401,
    outcome: 'AUTH_EXP_MISSING',
    request: (w) =>
      signToken(w.channelKey, Buffer.from(JSON.stringify(channelClaims(w)).replace(/"exp":\d+/, '"exp":1e999'))),
  },
  {
    id: 'J32',
    title: 'lifetime of a year, issued today',
    status: 401,
    outcome: 'AUTH_LIFETIME',
    request: channel((w) => ({ exp: w.nowSeconds + 365 * 86_400 })),
  },
  {
    id: 'J32a',
    title: 'lifetime of a year, in its last hour',
    status: 401,
    outcome: 'AUTH_LIFETIME',
    request: channel((w) => ({ iat: w.nowSeconds - 365 * 86_400, exp: w.nowSeconds + 3600 })),
  },
  {
    id: 'J32b',
    title: 'lifetime of a year that does not say when it began',
    status: 401,
    outcome: 'AUTH_LIFETIME',
    request: channel((w) => ({ nbf: undefined, exp: w.nowSeconds + 365 * 86_400 })),
  },
  {
    id: 'J32c',
    title: 'lifetime of 24 h and 5 min, as managed identities get',
    status: 200,
    outcome: 'bot',
    request: tenant((w) => ({ appid: OTHER_BOT, iat: w.nowSeconds, exp: w.nowSeconds + 86_700 })),
    options: { allowedCallers: [OTHER_BOT] },
  },
  {
    id: 'J33',
    title: 'issued in an hour',
    status: 401,
    outcome: 'AUTH_IAT',
    request: channel((w) => ({ iat: w.nowSeconds + 3600 })),
  },
  { id: 'J33a', title: 'iat as text', status: 401, outcome: 'AUTH_IAT', request: channel({ iat: '0' }) },
  {
    id: 'J34',
    title: 'payload changed after signing',
    status: 401,
    outcome: 'AUTH_SIGNATURE',
    request: (w) => withPart(channel()(w), 1, encode(channelClaims(w, { serviceurl: 'https://evil.test' }))),
  },
  {
    id: 'J35',
    title: 'header changed after signing',
    status: 401,
    outcome: 'AUTH_SIGNATURE',
    request: (w) => withPart(channel()(w), 0, encode({ alg: 'RS256', kid: w.channelKey.kid })),
  },
  {
    id: 'J36',
    title: 'signature stripped',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: (w) => channel()(w).split('.').slice(0, 2).join('.'),
  },
  {
    id: 'J37',
    title: 'five parts',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: (w) => `${channel()(w)}.AAAA.BBBB`,
  },
  {
    id: 'J39',
    title: '64 KiB of Authorization',
    status: 431,
    outcome: 'HTTP_HEADERS',
    request: () => raw(`Bearer ${'A'.repeat(64 * 1024)}`),
  },
  {
    id: 'J39a',
    title: 'one byte more than 8 KiB of Authorization',
    status: 431,
    outcome: 'HTTP_HEADERS',
    request: () => raw(`Bearer ${'A'.repeat(8 * 1024 - 6)}`),
  },
  {
    id: 'J40',
    title: 'payload as list',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: (w) => signToken(w.channelKey, [channelClaims(w)]),
  },
  {
    id: 'J41',
    title: 'payload as text',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: (w) => signToken(w.channelKey, 'claims'),
  },
  {
    id: 'J42',
    title: 'payload null',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: (w) => signToken(w.channelKey, null),
  },
  {
    id: 'J42a',
    title: 'payload of more than 4 KiB',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: channel({ filler: 'x'.repeat(4096) }),
  },
  {
    id: 'J42b',
    title: '65 claims',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: channel(claims(60)),
  },
  { id: 'J42c', title: '64 claims', status: 200, outcome: 'channel', request: channel(claims(59)) },
  { id: 'J43', title: 'kid null', status: 401, outcome: 'AUTH_KID_INVALID', request: channel({}, { kid: null }) },
  {
    id: 'J42d',
    title: 'payload that is not JSON',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: (w) => signToken(w.channelKey, Buffer.from('{"iss":')),
  },
  {
    id: 'J44',
    title: 'header of more than 1 KiB',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: channel({}, { filler: 'x'.repeat(1024) }),
  },
  {
    id: 'J44a',
    title: 'header null',
    status: 401,
    outcome: 'AUTH_MALFORMED',
    request: (w) => withPart(channel()(w), 0, encode(null)),
  },
  {
    id: 'J45',
    title: 'two spaces after Bearer',
    status: 200,
    outcome: 'channel',
    request: (w) => raw(`Bearer  ${channel()(w)}`),
  },
  {
    id: 'J46',
    title: 'two Authorization headers, bad then good',
    status: 401,
    outcome: 'AUTH_DUPLICATE',
    request: (w) => raw('Bearer a.b.c', `Bearer ${channel()(w)}`),
  },
  {
    id: 'J46a',
    title: 'two Authorization headers in different letters, twice the same',
    status: 401,
    outcome: 'AUTH_DUPLICATE',
    request: (w) => ({
      rawHeaders: ['authorization', `Bearer ${channel()(w)}`, 'AUTHORIZATION', `Bearer ${channel()(w)}`],
    }),
  },
  {
    id: 'J46b',
    title: 'a list of Authorization values',
    status: 401,
    outcome: 'AUTH_DUPLICATE',
    request: (w) => ({ authorization: ['Bearer a.b.c', `Bearer ${channel()(w)}`] }),
  },
  {
    id: 'J46c',
    title: 'Authorization values joined by a host',
    status: 401,
    outcome: 'AUTH_DUPLICATE',
    request: (w) => ({ authorization: `Bearer ${channel()(w)}, Bearer a.b.c` }),
  },
  {
    id: 'J46d',
    title: 'duplicates hidden by the host, seen in the raw headers',
    status: 401,
    outcome: 'AUTH_DUPLICATE',
    request: (w) => ({ ...raw('Bearer a.b.c', 'Bearer d.e.f'), authorization: `Bearer ${channel()(w)}` }),
  },
  {
    id: 'J47',
    title: 'token in the header alone, without raw headers',
    status: 200,
    outcome: 'channel',
    request: (w) => ({ authorization: `Bearer ${channel()(w)}` }),
  },
  {
    id: 'J50',
    title: 'no serviceurl claim',
    status: 401,
    outcome: 'AUTH_SERVICEURL',
    request: channel({ serviceurl: undefined }),
  },
  {
    id: 'J50a',
    title: 'serviceurl claim as list',
    status: 401,
    outcome: 'AUTH_SERVICEURL',
    request: channel({ serviceurl: [SERVICE_URL] }),
  },
  { id: 'J57', title: 'own token', status: 401, outcome: 'AUTH_EMULATOR_OFF', request: tenant() },
  {
    id: 'J57a',
    title: 'own token where every caller is allowed',
    status: 401,
    outcome: 'AUTH_EMULATOR_OFF',
    request: tenant(),
    options: { allowedCallers: ['*'] },
  },
  {
    id: 'J57b',
    title: 'own token where the Emulator is allowed',
    status: 200,
    outcome: 'emulator',
    request: tenant(),
    options: { allowEmulator: true },
  },
  {
    id: 'J57c',
    title: 'own v2 token where the Emulator is allowed',
    status: 200,
    outcome: 'emulator',
    request: tenant({ iss: v2(BOT_FRAMEWORK), ver: '2.0', appid: undefined, azp: BOT }),
    options: { allowEmulator: true },
  },
  {
    id: 'J58',
    title: 'token of a foreign tenant',
    status: 401,
    outcome: 'AUTH_TENANT',
    request: tenant({ iss: `https://sts.windows.net/${ATTACKER}/`, tid: ATTACKER, appid: OTHER_BOT }),
    options: { allowedCallers: ['*'] },
  },
  {
    id: 'J58a',
    title: 'v2 token of a foreign tenant',
    status: 401,
    outcome: 'AUTH_TENANT',
    request: tenant({ iss: v2(ATTACKER), tid: ATTACKER, ver: '2.0', azp: OTHER_BOT }),
    options: { allowedCallers: ['*'] },
  },
  {
    id: 'J58b',
    title: 'accepted tenant in iss, another in tid',
    status: 401,
    outcome: 'AUTH_TENANT',
    request: tenant({ tid: ATTACKER, appid: OTHER_BOT }),
    options: { allowedCallers: ['*'] },
  },
  {
    id: 'J58c',
    title: 'accepted tenant in iss, no tid',
    status: 401,
    outcome: 'AUTH_TENANT',
    request: tenant({ tid: undefined, appid: OTHER_BOT }),
    options: { allowedCallers: ['*'] },
  },
  {
    id: 'J58d',
    title: "token of the bot's own tenant",
    status: 200,
    outcome: 'bot',
    request: tenant({ iss: v2(OWN_TENANT), tid: OWN_TENANT, ver: '2.0', azp: OTHER_BOT }),
    options: { allowedCallers: [OTHER_BOT], tenantId: OWN_TENANT },
  },
  {
    id: 'J58e',
    title: 'tenant issuer with a path between',
    status: 401,
    outcome: 'AUTH_ISS',
    request: channel({ iss: `https://sts.windows.net/${ATTACKER}/${BOT_FRAMEWORK}/` }),
  },
  {
    id: 'J60',
    title: 'v1 token without appid',
    status: 401,
    outcome: 'AUTH_APPID',
    request: tenant({ appid: undefined }),
  },
  {
    id: 'J60a',
    title: 'v1 token with azp instead of appid',
    status: 401,
    outcome: 'AUTH_APPID',
    request: tenant({ appid: undefined, azp: BOT }),
    options: { allowEmulator: true },
  },
  {
    id: 'J61',
    title: 'v2 token without azp',
    status: 401,
    outcome: 'AUTH_APPID',
    request: tenant({ ver: '2.0', appid: BOT }),
  },
  { id: 'J62', title: 'ver 3.0', status: 401, outcome: 'AUTH_VER', request: tenant({ ver: '3.0' }) },
  { id: 'J62a', title: 'no ver', status: 401, outcome: 'AUTH_VER', request: tenant({ ver: undefined }) },
  {
    id: 'J63',
    title: "channel issuer, tenants' key",
    status: 401,
    outcome: 'AUTH_SIGNATURE',
    request: (w) => signToken(w.tenantKey, channelClaims(w)),
  },
  {
    id: 'J64',
    title: 'tenant issuer, channel key',
    status: 401,
    outcome: 'AUTH_SIGNATURE',
    request: (w) => signToken(w.channelKey, tenantClaims(w)),
    options: { allowEmulator: true },
  },
  {
    id: 'J65',
    title: 'bot that is on no list',
    status: 403,
    outcome: 'AUTH_CALLER',
    request: tenant({ appid: OTHER_BOT }),
  },
  {
    id: 'J65a',
    title: 'bot that is not on the list',
    status: 403,
    outcome: 'AUTH_CALLER',
    request: tenant({ appid: OTHER_BOT }),
    options: { allowedCallers: ['44444444-4444-4444-8444-444444444444'], allowEmulator: true },
  },
  {
    id: 'J65b',
    title: 'bot on the list',
    status: 200,
    outcome: 'bot',
    request: tenant({ appid: OTHER_BOT }),
    options: { allowedCallers: [OTHER_BOT] },
  },
  {
    id: 'J65c',
    title: 'any bot where all are allowed',
    status: 200,
    outcome: 'bot',
    request: tenant({ appid: OTHER_BOT }),
    options: { allowedCallers: ['*'] },
  },
  {
    id: 'J66',
    title: 'anonymous skill in a tenant token',
    status: 401,
    outcome: 'AUTH_CALLER',
    request: tenant({ appid: 'AnonymousSkill' }),
    options: { allowedCallers: ['*'] },
  },
  {
    id: 'J66a',
    title: 'anonymous skill in a channel token',
    status: 401,
    outcome: 'AUTH_CALLER',
    request: channel({ appid: 'AnonymousSkill' }),
  },
  {
    id: 'J66b',
    title: 'anonymous skill in a v2 token',
    status: 401,
    outcome: 'AUTH_CALLER',
    request: tenant({ ver: '2.0', azp: 'AnonymousSkill' }),
    options: { allowedCallers: ['*'] },
  },
]
