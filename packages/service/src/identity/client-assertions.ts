import type { Algorithm, Jwt, JwtHeader, JwtPayload } from 'jsonwebtoken'
import type { KeyObject } from 'node:crypto'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { toSeconds } from '../clock.ts'
import type { Clock } from '../clock.ts'
import type { RegisteredCertificate } from './app-credentials.ts'
import { jsonWebToken } from './json-web-token.cts'
import type { KeyRing } from './key-ring.ts'
import type { ServiceCloud } from './service-cloud.ts'
import { tenantIssuer } from './tenants.ts'
import { TokenRefusal } from './token-refusal.ts'

export interface ClientAssertionsOptions {
  /** Check the tokens of this service's own tenants. */
  readonly tenantKeys: KeyRing
  readonly cloud: ServiceCloud
  readonly clock: Clock
}

/** Projected tokens of platforms have one or two KiB; one with a chain of certificates has more. */
const MAX_LENGTH = 32 * 1024
const ALGORITHMS: Algorithm[] = ['PS256', 'RS256']
const CLOCK_TOLERANCE_SECONDS = 300
/** How far in the future a statement may end. */
const MAX_LIFETIME_SECONDS = 3600
/** Statements that are remembered, lest they are used again. */
const MAX_USED = 10_000

/** Signed statements by which apps prove themselves instead of by a secret (RFC 7523 §2.2). */
export class ClientAssertions {
  private readonly options: ClientAssertionsOptions
  /** Ends of life, in seconds, by app and `jti`; the oldest first. */
  private readonly used: Map<string, number> = new Map()

  constructor(options: ClientAssertionsOptions) {
    this.options = options
  }

  /**
   * Has `bot` prove itself: with the key of one of its certificates, or with a token of an issuer it trusts.
   *
   * @param endpoint - The address the statement was sent to, which must be its audience.
   * @throws TokenRefusal saying what is wrong with it.
   */
  check(assertion: string, bot: RegisteredBot, endpoint: string): void {
    const decoded = decode(assertion)
    if (decoded.payload.iss === bot.appId || decoded.payload.sub === bot.appId) {
      this.checkOwn(assertion, decoded, bot, endpoint)
    } else {
      this.checkForeign(assertion, decoded, bot)
    }
  }

  private checkOwn(assertion: string, { header, payload }: Decoded, bot: RegisteredBot, endpoint: string): void {
    const certificate = findCertificate(header, bot.credentials.certificates)
    if (!certificate) throw TokenRefusal.unknownCertificate()
    const now = this.options.clock.now()
    if (now < certificate.validFrom || now > certificate.validTo) throw TokenRefusal.certificateOutsideItsTime()
    this.verify(assertion, certificate.key)
    if (payload.iss !== bot.appId || payload.sub !== bot.appId) throw TokenRefusal.wrongClientInAssertion(bot.appId)
    if (payload.aud !== endpoint) throw TokenRefusal.wrongAudience(String(payload.aud), endpoint)
    this.requireUnused(bot, payload, toSeconds(now))
  }

  /** Such a token is used until it ends: `jti` is not looked at. */
  private checkForeign(assertion: string, { payload }: Decoded, bot: RegisteredBot): void {
    const { cloud, tenantKeys } = this.options
    const [issuer, subject, audience] = [payload.iss, payload.sub, payload.aud].map(String) as [string, string, string]
    const ofIssuer = bot.credentials.federations.filter((one) => one.issuer === issuer)
    if (ofIssuer.length === 0) throw TokenRefusal.noFederation(700211, 'issuer', issuer)
    const ofSubject = ofIssuer.filter((one) => one.subject === subject)
    if (ofSubject.length === 0) throw TokenRefusal.noFederation(700213, 'subject', subject)
    const match = ofSubject.find((one) => (one.audience ?? cloud.exchangeAudience) === audience)
    if (!match) throw TokenRefusal.noFederation(700212, 'audience', audience)
    const isOwn = issuer === tenantIssuer(bot.tenantId ?? cloud.botTenantId)
    const key = match.key ?? (isOwn ? tenantKeys.find(decode(assertion).header.kid ?? '') : undefined)
    if (!key) throw TokenRefusal.wrongSignature()
    this.verify(assertion, key)
  }

  private verify(assertion: string, key: KeyObject): void {
    const now = toSeconds(this.options.clock.now())
    const jwt = jsonWebToken()
    try {
      const options = { algorithms: ALGORITHMS, clockTimestamp: now, clockTolerance: CLOCK_TOLERANCE_SECONDS }
      const { exp } = jwt.verify(assertion, key, options) as JwtPayload
      if (exp === undefined) throw TokenRefusal.malformedAssertion('it has no exp')
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) throw TokenRefusal.outsideItsTime('it has expired')
      if (error instanceof jwt.NotBeforeError) throw TokenRefusal.outsideItsTime('it is not valid yet')
      if (error instanceof TokenRefusal) throw error
      throw TokenRefusal.wrongSignature()
    }
  }

  private requireUnused(bot: RegisteredBot, { jti, exp = 0 }: JwtPayload, now: number): void {
    if (typeof jti !== 'string' || jti === '') throw TokenRefusal.malformedAssertion('it has no jti')
    if (exp > now + MAX_LIFETIME_SECONDS + CLOCK_TOLERANCE_SECONDS) {
      throw TokenRefusal.outsideItsTime(`it lives for more than ${MAX_LIFETIME_SECONDS} seconds`)
    }
    const name = `${bot.appId} ${jti}`
    if (this.used.has(name)) throw TokenRefusal.replayedAssertion()
    for (const [old, end] of this.used) {
      if (end >= now && this.used.size < MAX_USED) break
      this.used.delete(old)
    }
    this.used.set(name, exp + CLOCK_TOLERANCE_SECONDS)
  }
}

interface Decoded {
  readonly header: JwtHeader & { readonly 'x5t#S256'?: string | undefined }
  readonly payload: JwtPayload
}

function decode(assertion: string): Decoded {
  const decoded: Jwt | null =
    assertion.length > MAX_LENGTH ? null : jsonWebToken().decode(assertion, { complete: true })
  if (!decoded || typeof decoded.payload !== 'object') throw TokenRefusal.malformedAssertion('it is not a signed token')
  if (!ALGORITHMS.some((known) => known === decoded.header.alg)) {
    throw TokenRefusal.malformedAssertion('its alg must be PS256 or RS256')
  }
  return { header: decoded.header, payload: decoded.payload }
}

/** By its thumbprint; a chain that was sent along adds nothing to it. */
function findCertificate(
  header: Decoded['header'],
  certificates: readonly RegisteredCertificate[],
): RegisteredCertificate | undefined {
  const { x5t, 'x5t#S256': sha256 } = header
  return certificates.find((one) => (sha256 === undefined ? one.sha1 === x5t : one.sha256 === sha256))
}
