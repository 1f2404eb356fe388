import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { TokenSource } from '@parley/core'
import { publicCloud } from '../cloud.ts'
import type { Cloud } from '../cloud.ts'
import { createCachedTokenSource } from './cached-token-source.ts'
import type { TokenSourceOptions } from './cached-token-source.ts'
import { requestWithAssertion, withinTime } from './client-assertion.ts'
import { isSendable } from './token-answer.ts'
import { tokenEndpointOf } from './token-endpoint.ts'
import { AssertionUnavailableError, InvalidCredentialError } from './token-errors.ts'

/** An app whose platform, e.g. Kubernetes, keeps a token for it in a file. */
export interface WorkloadIdentityOptions extends TokenSourceOptions {
  readonly appId: string
  /** Path of that file (`AZURE_FEDERATED_TOKEN_FILE`). Read for every request, because the platform renews it. */
  readonly tokenFile: string
  /** Tenant that issues the tokens: the bot's own for single-tenant bots. Default: the cloud's tenant for multi-tenant bots. */
  readonly tenantId?: string | undefined
  /** Default {@link publicCloud}. */
  readonly cloud?: Cloud | undefined
}

/** Tokens of service accounts have one or two KiB. */
const MAX_FILE_BYTES = 16 * 1024

/**
 * Tokens for an app with a federated credential whose assertion is in a file.
 *
 * `getToken` rejects with {@link AssertionUnavailableError} `AUTH_ASSERTION_UNAVAILABLE` when the file cannot be used, with
 * {@link CredentialsRefusedError} `AUTH_CREDENTIALS_REFUSED` when the app does not trust what is in it, and with
 * {@link TokenRequestFailedError} `AUTH_TOKEN_UNAVAILABLE` when no token came after three tries in nine seconds.
 *
 * @throws {@link InvalidCredentialError} `AUTH_CREDENTIAL_INVALID`: no file is named.
 * @throws {@link InsecureIdentityUrlError} `AUTH_URL_INSECURE`: the cloud's `loginUrl` would send the assertion in the clear.
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
 */
export function createWorkloadIdentityTokenSource(options: WorkloadIdentityOptions): TokenSource {
  const { appId, tokenFile, cloud = publicCloud, tenantId } = options
  if (!tokenFile) throw new InvalidCredentialError('tokenFile', 'is empty: give the path of the projected token.')
  const request = requestWithAssertion({
    endpoint: tokenEndpointOf(cloud, tenantId),
    appId,
    assert: (signal) => readTokenFile(tokenFile, signal),
    remedy:
      `Check that the federated credential of app id ${appId} has the issuer, subject and audience of the token in ` +
      `${tokenFile}, that this token is renewed, and MicrosoftAppTenantId.`,
  })
  return createCachedTokenSource(request, options)
}

async function readTokenFile(file: string, signal: AbortSignal): Promise<string> {
  const content = await readStart(file, signal)
  if (content.length > MAX_FILE_BYTES) throw unusable(file, `is larger than ${MAX_FILE_BYTES / 1024} KiB`, 'EFBIG')
  const token = content.toString('latin1').trim()
  if (token === '') throw unusable(file, 'is empty', 'EMPTY')
  if (!isSendable(token)) throw unusable(file, 'does not hold a token on one line', 'NOT_A_TOKEN')
  return token
}

async function readStart(file: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await withinTime(() => readBytes(file, MAX_FILE_BYTES + 1), signal)
  } catch (error) {
    const code = signal.aborted ? 'ETIMEDOUT' : String((error as NodeJS.ErrnoException).code)
    throw unusable(file, code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`, code)
  }
}

// A pipe that nobody writes to would be waited for, by a thread that nothing ends. Windows has no such flag.
const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** No more than that, whatever the file turns out to be. */
async function readBytes(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, READ_FLAGS)
  try {
    const bytes = Buffer.alloc(maxBytes)
    for (let length = 0; ;) {
      const { bytesRead } = await file.read(bytes, length, maxBytes - length)
      length += bytesRead
      if (bytesRead === 0 || length === maxBytes) return bytes.subarray(0, length)
    }
  } finally {
    await file.close()
  }
}

function unusable(file: string, problem: string, reason: string): AssertionUnavailableError {
  return new AssertionUnavailableError(
    `The token file ${file} ${problem}. Check AZURE_FEDERATED_TOKEN_FILE, and that the platform projects a token for this bot.`,
    reason,
  )
}
