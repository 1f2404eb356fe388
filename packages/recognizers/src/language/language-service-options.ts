import { isLoopbackHost } from '@parley/core'
import type { Logger, TokenSource } from '@parley/core'
import { RecognizerOptionError } from './language-service-errors.ts'

/** What is needed of a credential of `@azure/identity`. */
export interface AccessTokenCredential {
  getToken(scopes: string): Promise<{ readonly token: string } | null>
}

/** Where a project of Azure AI Language is, and how it is asked. */
export interface LanguageServiceOptions {
  /** Of the Language resource, e.g. `https://my-language.cognitiveservices.azure.com`. `https:`, or this machine. */
  readonly endpoint: string
  readonly projectName: string
  readonly deploymentName: string
  /** One of the keys of the resource. This or `credential`. */
  readonly key?: string | undefined
  /** Gives bearers in place of a key: the bot's own token source, or a credential of `@azure/identity`. */
  readonly credential?: TokenSource | AccessTokenCredential | undefined
  /** Default: the newest that is generally available for what is asked. */
  readonly apiVersion?: string | undefined
  /** Time for a call with its token, all its tries and waits, in milliseconds; default 9,500. One try has up to 5,000. */
  readonly timeoutMs?: number | undefined
  /** Default: silent. */
  readonly logger?: Logger | undefined
}

/** Checks what every client of the service is made with, and tells where the service is, with a slash at its end. */
export function checkServiceOptions(options: LanguageServiceOptions): URL {
  for (const name of ['projectName', 'deploymentName'] as const) requireText(name, options[name])
  const { key, credential, timeoutMs } = options
  if ((key === undefined) === (credential === undefined)) {
    throw new RecognizerOptionError('Give either "key" or "credential", one of the two.')
  }
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) {
    throw new RecognizerOptionError(
      '"key" is empty or has a character that no key has; copy it from the resource again.',
    )
  }
  if (timeoutMs !== undefined && !(timeoutMs > 0 && timeoutMs <= 2 ** 31 - 1)) {
    throw new RecognizerOptionError('"timeoutMs" is no number of milliseconds above 0.')
  }
  return endpointOf(options.endpoint)
}

/** @throws {@link RecognizerOptionError} `RECOGNIZERS_OPTION`: no text, or an empty one. */
export function requireText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value.trim() === '') throw new RecognizerOptionError(`"${name}" is missing.`)
}

function endpointOf(endpoint: string): URL {
  requireText('endpoint', endpoint)
  if (!URL.canParse(endpoint))
    throw new RecognizerOptionError('"endpoint" is no URL, as https://….cognitiveservices.azure.com is.')
  const url = new URL(endpoint)
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname.replace(/^\[(.*)\]$/, '$1')))
  if (!isSafe) throw new RecognizerOptionError('"endpoint" is not https:; the key would travel in the open.')
  if (url.username || url.password || url.search || url.hash) {
    throw new RecognizerOptionError('"endpoint" has a user, a query or a fragment; give scheme, host and path only.')
  }
  return new URL(`${url.pathname.replace(/\/+$/, '')}/`, url.origin)
}
