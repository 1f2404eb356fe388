import { randomUUID } from 'node:crypto'
import type * as JsonWebToken from 'jsonwebtoken'
import type { TokenSource } from '@parley/core'
import { publicCloud } from '../cloud.ts'
import type { Cloud } from '../cloud.ts'
import { createCachedTokenSource } from './cached-token-source.ts'
import type { TokenSourceOptions } from './cached-token-source.ts'
import { readCertificate, readThumbprint } from './certificate.ts'
import type { SigningCertificate } from './certificate.ts'
import { requestWithAssertion } from './client-assertion.ts'
import { tokenEndpointOf } from './token-endpoint.ts'
import { InvalidCredentialError } from './token-errors.ts'

/** An app that proves itself with the key of a certificate. */
export interface CertificateOptions extends TokenSourceOptions {
  readonly appId: string
  /**
   * The certificate in PEM form, which may be followed by its issuers; or, when it is not at hand, its thumbprint in hex:
   * SHA-256 (64 digits), or SHA-1 (40 digits) as SDK v4's `CertificateThumbprint` has it.
   */
  readonly certificate: string | { readonly thumbprint: string }
  /** The certificate's RSA key in PEM form, of 2048 bits or more. */
  readonly privateKey: string
  /** Of an encrypted `privateKey`. */
  readonly passphrase?: string | undefined
  /**
   * Send the certificate and its issuers (`x5c`), for apps registered by subject name and issuer: the certificate can then be
   * renewed without telling the app registration. Default `false`.
   */
  readonly sendCertificateChain?: boolean | undefined
  /** How the assertion is signed. Default `PS256`; `RS256` for older identity services and for SHA-1 thumbprints. */
  readonly algorithm?: 'PS256' | 'RS256' | undefined
  /** Tenant that issues the tokens: the bot's own for single-tenant bots. Default: the cloud's tenant for multi-tenant bots. */
  readonly tenantId?: string | undefined
  /** Default {@link publicCloud}. */
  readonly cloud?: Cloud | undefined
}

const LIFETIME_SECONDS = 600

/**
 * Tokens for an app with a certificate. Every request carries a new assertion, which lives ten minutes by this host's clock.
 *
 * `getToken` rejects with {@link CredentialsRefusedError} `AUTH_CREDENTIALS_REFUSED` when the certificate is not registered
 * with the app, and with {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE` when no token came after three tries in ten
 * seconds.
 *
 * @throws {@link InvalidCredentialError} `AUTH_CREDENTIAL_INVALID`: certificate and key cannot be used, or not together.
 * @throws {@link InsecureIdentityUrlError} `AUTH_URL_INSECURE`: the cloud's `loginUrl` would send the assertion in the clear.
 * @see https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
export function createCertificateTokenSource(options: CertificateOptions): TokenSource {
  const { appId, cloud = publicCloud, tenantId } = options
  const endpoint = tokenEndpointOf(cloud, tenantId)
  const certificate = readSigningCertificate(options)
  const header = headerOf(certificate, options)
  const request = requestWithAssertion({
    endpoint,
    appId,
    assert: () => signAssertion(certificate, header, { appId, audience: endpoint.href }),
    remedy: `Check that the certificate ${certificate.label} is registered with app id ${appId} and valid, and MicrosoftAppTenantId.`,
  })
  return createCachedTokenSource(request, options)
}

function readSigningCertificate(options: CertificateOptions): SigningCertificate {
  const { certificate, privateKey, passphrase, sendCertificateChain = false } = options
  if (typeof certificate === 'string') return readCertificate(certificate, privateKey, passphrase)
  if (!sendCertificateChain) return readThumbprint(certificate.thumbprint, privateKey, passphrase)
  throw new InvalidCredentialError(
    'sendCertificateChain',
    'needs the certificate itself: give it in PEM form instead of its thumbprint.',
  )
}

/** The documented pairs: `PS256` with `x5t#S256`, and before that `RS256` with `x5t`. */
function headerOf({ sha256, sha1, chain }: SigningCertificate, options: CertificateOptions): JsonWebToken.JwtHeader {
  const { algorithm = sha256 ? 'PS256' : 'RS256', sendCertificateChain = false } = options
  const preferred = algorithm === 'PS256' ? (sha256 ?? sha1) : (sha1 ?? sha256)
  return {
    alg: algorithm,
    typ: 'JWT',
    ...(preferred === sha256 ? { 'x5t#S256': sha256 } : { x5t: sha1 }),
    ...(sendCertificateChain && { x5c: [...chain] }),
  }
}

async function signAssertion(
  { key }: SigningCertificate,
  header: JsonWebToken.JwtHeader,
  { appId, audience }: { readonly appId: string; readonly audience: string },
): Promise<string> {
  const sign = await loadSign()
  const now = Math.floor(Date.now() / 1000)
  const claims = { aud: audience, iss: appId, sub: appId, jti: randomUUID(), nbf: now, exp: now + LIFETIME_SECONDS }
  return sign(claims, key, { algorithm: header.alg as JsonWebToken.Algorithm, header })
}

type Sign = (typeof JsonWebToken)['sign']

let loaded: Promise<Sign> | undefined

/** Loaded with the first token: importing this package need not cost it. */
function loadSign(): Promise<Sign> {
  loaded ??= import('jsonwebtoken').then(({ default: { sign } }) => sign)
  return loaded
}
