import { createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { InvalidCredentialError } from './token-errors.ts'

/** A certificate's key, and how the identity service recognises the certificate. */
export interface SigningCertificate {
  readonly key: KeyObject
  /** SHA-256 thumbprint in base64url (`x5t#S256`), when it is known. */
  readonly sha256: string | undefined
  /** SHA-1 thumbprint in base64url (`x5t`), when it is known. */
  readonly sha1: string | undefined
  /** The certificate and its issuers in base64 DER (`x5c`); empty when only the thumbprint is known. */
  readonly chain: readonly string[]
  /** For people: the thumbprint in hex and, when known, the end of validity. */
  readonly label: string
}

const MIN_KEY_BITS = 2048

/**
 * Reads a certificate and its key from PEM text. Either text may hold further blocks: issuers, or the other of the two.
 *
 * @param passphrase - Of an encrypted key.
 * @throws {@link InvalidCredentialError} `AUTH_CREDENTIAL_INVALID`: not PEM, an unsuitable key, or no certificate is the key's.
 */
export function readCertificate(certificate: string, privateKey: string, passphrase?: string): SigningCertificate {
  const key = readPrivateKey(privateKey, passphrase)
  const certificates = parseCertificates(certificate)
  const own = certificates.find((candidate) => candidate.checkPrivateKey(key))
  if (!own) {
    throw new InvalidCredentialError(
      'privateKey',
      'does not belong to the certificate: give the key that the certificate was issued for.',
    )
  }
  const chain = [own, ...certificates.filter((other) => other !== own)]
  const sha256 = createHash('sha256').update(own.raw).digest()
  return {
    key,
    sha256: sha256.toString('base64url'),
    sha1: createHash('sha1').update(own.raw).digest('base64url'),
    chain: chain.map(({ raw }) => raw.toString('base64')),
    label: `${sha256.toString('hex').toUpperCase()} (valid until ${own.validTo})`,
  }
}

/**
 * A key whose certificate is known by its thumbprint only, as SDK v4's settings have it.
 *
 * @param thumbprint - In hex, with or without separators: 64 digits of SHA-256, or 40 of SHA-1.
 * @throws {@link InvalidCredentialError} `AUTH_CREDENTIAL_INVALID`: not a thumbprint, not PEM, or an unsuitable key.
 */
export function readThumbprint(thumbprint: string, privateKey: string, passphrase?: string): SigningCertificate {
  // Copied from a certificate dialog it has separators, and sometimes an invisible mark at its start.
  const hex = thumbprint.replace(/[\s:\u200e\u200f\ufeff]/g, '').toUpperCase()
  if (!/^([\dA-F]{40}|[\dA-F]{64})$/.test(hex)) {
    throw new InvalidCredentialError(
      'thumbprint',
      'is not a thumbprint: give 64 hex digits (SHA-256), or 40 (SHA-1), as the app registration shows them.',
    )
  }
  const value = Buffer.from(hex, 'hex').toString('base64url')
  const isSha256 = hex.length === 64
  return {
    key: readPrivateKey(privateKey, passphrase),
    sha256: isSha256 ? value : undefined,
    sha1: isSha256 ? undefined : value,
    chain: [],
    label: hex,
  }
}

function parseCertificates(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  try {
    if (blocks.length > 0) return blocks.map((block) => new X509Certificate(block))
  } catch {
    // Said below; the library's message adds nothing.
  }
  throw new InvalidCredentialError(
    'certificate',
    'is not a certificate in PEM form: give the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, with its line breaks.',
  )
}

function readPrivateKey(pem: string, passphrase: string | undefined): KeyObject {
  const key = parsePrivateKey(pem, passphrase)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType === 'rsa' && bits >= MIN_KEY_BITS) return key
  const found = key.asymmetricKeyType === 'rsa' ? `RSA of ${bits} bits` : String(key.asymmetricKeyType)
  throw new InvalidCredentialError(
    'privateKey',
    `is ${found}: Microsoft Entra takes RSA keys, here of ${MIN_KEY_BITS} bits or more. Issue a new certificate.`,
  )
}

/** The errors of the parser are not kept as causes: nothing says that they hold no part of the key. */
function parsePrivateKey(pem: string, passphrase: string | undefined): KeyObject {
  const [block] = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]+?-----END \1-----/.exec(pem) ?? []
  if (block === undefined) {
    throw new InvalidCredentialError(
      'privateKey',
      'is not a private key in PEM form: give the text from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----, with its line breaks.',
    )
  }
  const isEncrypted = /ENCRYPTED/.test(block)
  if (isEncrypted && !passphrase) {
    throw new InvalidCredentialError('passphrase', 'is missing: the private key is encrypted.')
  }
  try {
    return createPrivateKey({ key: block, ...(isEncrypted && { passphrase }) })
  } catch {
    throw isEncrypted
      ? new InvalidCredentialError('passphrase', 'does not open the private key, or the key is damaged.')
      : new InvalidCredentialError('privateKey', 'is damaged: export it again, and keep its line breaks.')
  }
}
