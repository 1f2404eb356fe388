import { randomBytes } from 'node:crypto'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { ChannelTokens } from './channel-tokens.ts'
import type { TokenFaultKind, TokenFaults } from './token-faults.ts'

const HOUR_SECONDS = 3600

/** Addresses nobody has (RFC 2606). */
const WRONG = { audience: '00000000-0000-0000-0000-000000000000', url: 'https://channel.example/' } as const

/** The token to send to a bot: bad, as long as that is asked for. */
export function withTokenFaults(
  { channelTokens, clock }: { readonly channelTokens: ChannelTokens; readonly clock: Clock },
  faults: TokenFaults,
): (bot: RegisteredBot) => Promise<string | undefined> {
  return async (bot) => {
    const fault = faults.take()
    return fault === undefined ? channelTokens.get(bot) : faultyToken(fault, bot, channelTokens, clock)
  }
}

/** A token for a bot with one thing wrong; `undefined` for none at all. Times are wrong by more than any tolerance. */
function faultyToken(
  kind: TokenFaultKind,
  bot: RegisteredBot,
  tokens: ChannelTokens,
  clock: Clock,
): string | undefined {
  const now = toSeconds(clock.now())
  const at = (begin: number): { iat: number; nbf: number; exp: number } => ({
    iat: begin,
    nbf: begin,
    exp: begin + HOUR_SECONDS,
  })
  switch (kind) {
    case 'expired':
      return tokens.issue(bot, { claims: at(now - 2 * HOUR_SECONDS) })
    case 'not-yet-valid':
      return tokens.issue(bot, { claims: at(now + HOUR_SECONDS) })
    case 'wrong-audience':
      return tokens.issue(bot, { audience: WRONG.audience })
    case 'wrong-issuer':
      return tokens.issue(bot, { claims: { iss: WRONG.url } })
    case 'wrong-service-url':
      return tokens.issue(bot, { claims: { serviceurl: WRONG.url } })
    case 'unknown-key':
      return withUnknownKey(tokens.issue(bot))
    case 'missing':
      return undefined
  }
}

/** Names a key nobody has published; the signature is then not looked at, and would not be right. */
function withUnknownKey(token: string): string {
  const [, claims = '', signature = ''] = token.split('.')
  const header = { alg: 'RS256', typ: 'JWT', kid: randomBytes(32).toString('base64url') }
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${claims}.${signature}`
}
