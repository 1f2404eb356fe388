import { X509Certificate, createHash, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { ServiceOptionError } from '../errors.ts'

/** A token of another issuer that an app may show instead of a secret: a federated credential of its registration. */
export interface FederatedCredential {
  /** The token's `iss`, character by character. */
  readonly issuer: string
  /** The token's `sub`. */
  readonly subject: string
  /** The token's `aud`. Default that of the cloud, `api://AzureADTokenExchange` in the public one. */
  readonly audience?: string
  /**
   * The issuer's RSA key in PEM form, by which the token is checked; nothing is fetched. Absent when this service is the issuer,
   * as for a managed identity's tokens.
   */
  readonly publicKey?: string
}

/**
 * Where a bot with a managed identity runs: on a virtual machine (`imds`), where whoever asks is given its tokens; or on App
 * Service, where the value of the environment's `IDENTITY_HEADER` has to be shown.
 */
export type ManagedIdentity = 'imds' | { readonly header: string }

/** By what a bot may prove itself, as its developer describes it. */
export interface CredentialOptions {
  /** The bot's `MicrosoftAppPassword`; two while it is being changed. */
  readonly secret?: string | readonly string[]
  /** Certificates in PEM form, to check the statements the bot signs with their keys. */
  readonly certificates?: readonly string[]
  readonly federatedCredentials?: readonly FederatedCredential[]
  readonly managedIdentity?: ManagedIdentity
}

/** A certificate, and what statements call it by. */
export interface RegisteredCertificate {
  readonly key: KeyObject
  /** SHA-1 of the certificate in base64url, `x5t`. */
  readonly sha1: string
  /** SHA-256 of the certificate in base64url, `x5t#S256`. */
  readonly sha256: string
  /** Milliseconds since the epoch. */
  readonly validFrom: number
  readonly validTo: number
}

/** A federated credential, its key read. */
export interface RegisteredFederation extends Omit<FederatedCredential, 'publicKey'> {
  readonly key: KeyObject | undefined
}

/** By what a bot may prove itself, checked. */
export interface AppCredentials {
  readonly secrets: readonly string[]
  readonly certificates: readonly RegisteredCertificate[]
  readonly federations: readonly RegisteredFederation[]
  readonly managedIdentity: ManagedIdentity | undefined
}

/** A secret is being changed when there are two. */
const MAX_SECRETS = 2
const MAX_CERTIFICATES = 10
const MAX_FEDERATIONS = 20
const MIN_KEY_BITS = 2048

/**
 * Checks credentials.
 *
 * @param option - How the registration is called in error messages.
 * @throws ServiceOptionError `SERVICE_OPTION` naming the part that cannot be used.
 */
export function resolveCredentials(given: CredentialOptions, option: string): AppCredentials {
  const { certificates = [], federatedCredentials = [], managedIdentity } = given
  requireList(certificates, MAX_CERTIFICATES, `${option}.certificates`)
  requireList(federatedCredentials, MAX_FEDERATIONS, `${option}.federatedCredentials`)
  if (managedIdentity !== undefined) requireManagedIdentity(managedIdentity, `${option}.managedIdentity`)
  return {
    secrets: resolveSecrets(given.secret, `${option}.secret`),
    certificates: certificates.map((pem, index) => readCertificate(pem, `${option}.certificates[${index}]`)),
    federations: federatedCredentials.map((one, index) =>
      readFederation(one, `${option}.federatedCredentials[${index}]`),
    ),
    managedIdentity,
  }
}

/** Whether there is none at all: such a bot could not get a token. */
export function isEmpty({ secrets, certificates, federations, managedIdentity }: AppCredentials): boolean {
  return secrets.length + certificates.length + federations.length === 0 && managedIdentity === undefined
}

/** What nobody else may see of it. */
export function secretsIn({ secrets, managedIdentity }: AppCredentials): readonly string[] {
  return typeof managedIdentity === 'object' ? [...secrets, managedIdentity.header] : secrets
}

function resolveSecrets(secret: string | readonly string[] | undefined, option: string): readonly string[] {
  const secrets = secret === undefined ? [] : typeof secret === 'string' ? [secret] : secret
  requireList(secrets, MAX_SECRETS, option)
  if (!secrets.every(isText)) throw new ServiceOptionError(option, 'must not be empty')
  return [...secrets]
}

function readCertificate(pem: string, option: string): RegisteredCertificate {
  const certificate = parse(() => new X509Certificate(pem))
  if (!certificate) throw new ServiceOptionError(option, 'must be a certificate in PEM form')
  return {
    key: requireRsa(certificate.publicKey, option),
    sha1: createHash('sha1').update(certificate.raw).digest('base64url'),
    sha256: createHash('sha256').update(certificate.raw).digest('base64url'),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
  }
}

function readFederation(credential: FederatedCredential, option: string): RegisteredFederation {
  if (typeof credential !== 'object' || credential === null) {
    throw new ServiceOptionError(option, 'must have an issuer and a subject')
  }
  const { issuer, subject, audience, publicKey } = credential
  if (!isText(issuer)) throw new ServiceOptionError(`${option}.issuer`, 'must be the iss of the tokens')
  if (!isText(subject)) throw new ServiceOptionError(`${option}.subject`, 'must be the sub of the tokens')
  if (audience !== undefined && !isText(audience))
    throw new ServiceOptionError(`${option}.audience`, 'must not be empty')
  const key = publicKey === undefined ? undefined : parse(() => createPublicKey(publicKey))
  const keyOption = `${option}.publicKey`
  if (publicKey !== undefined && !key) throw new ServiceOptionError(keyOption, 'must be a key in PEM form')
  return {
    issuer,
    subject,
    ...(audience === undefined ? {} : { audience }),
    key: key && requireRsa(key, keyOption),
  }
}

function requireManagedIdentity(identity: ManagedIdentity, option: string): void {
  const { header } = Object(identity) as { readonly header?: unknown }
  const isKnown = identity === 'imds' || (typeof header === 'string' && /^[\x21-\x7e]{16,}$/.test(header))
  if (!isKnown) throw new ServiceOptionError(option, 'must be "imds", or have a header of 16 characters without spaces')
}

function requireRsa(key: KeyObject, option: string): KeyObject {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType === 'rsa' && bits >= MIN_KEY_BITS) return key
  throw new ServiceOptionError(option, `must hold an RSA key of ${MIN_KEY_BITS} bits or more`)
}

function requireList(list: readonly unknown[], most: number, option: string): void {
  if (!Array.isArray(list) || list.length > most) throw new ServiceOptionError(option, `must list at most ${most}`)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function parse<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
