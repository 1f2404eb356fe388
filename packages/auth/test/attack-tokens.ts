import type { InboundAuthenticatorOptions } from '../src/inbound/inbound-authenticator.ts'
import type { InboundHeaders } from '../src/inbound/bearer-token.ts'
import { signToken } from './tokens.ts'
import type { TestKey } from './tokens.ts'

export const BOT = '11111111-1111-4111-8111-111111111111'
export const OTHER_BOT = '22222222-2222-4222-8222-222222222222'
export const SERVICE_URL = 'https://smba.trafficmanager.net/teams/'

export const BOT_FRAMEWORK = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
export const OWN_TENANT = '33333333-3333-4333-8333-333333333333'
export const ATTACKER = '66666666-6666-4666-8666-666666666666'

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

/** Claims to change; `undefined` leaves one out. */
export type Change = Readonly<Record<string, unknown>>

/** What the channel service claims. */
export const channelClaims = ({ channelIssuer, nowSeconds }: World, change: Change = {}): object => ({
  serviceurl: SERVICE_URL,
  nbf: nowSeconds - 60,
  exp: nowSeconds + 3540,
  iss: channelIssuer,
  aud: BOT,
  ...change,
})

/** What a tenant claims of this bot. */
export const tenantClaims = ({ nowSeconds }: World, change: Change = {}): object => ({
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

/** Headers as `node:http` hands them over, with these Authorization headers. */
export const raw = (...authorization: string[]): InboundHeaders => ({
  rawHeaders: ['Host', 'bot.test', ...authorization.flatMap((value) => ['Authorization', value])],
})

/** The headers that bring a token. */
export const bearer = (token: string): InboundHeaders => raw(`Bearer ${token}`)

/** `AAA.BBB.CCC` with one part replaced. */
export const withPart = (token: string, index: number, part: string): string =>
  token
    .split('.')
    .map((old, at) => (at === index ? part : old))
    .join('.')

/** A part of a token. */
export const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
/** That many claims. */
export const claims = (count: number): Change =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`c${at}`, at]))
/** How a tenant signs itself in version 2. */
export const v2 = (tenantId: string): string => `https://login.microsoftonline.com/${tenantId}/v2.0`
