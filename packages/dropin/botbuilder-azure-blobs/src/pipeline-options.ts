import { UnsupportedError } from '@parley/sdk-v4/unsupported-error'
import type { BlobsOptions } from '@parley/storage-blobs'

/** Of the options of the client of Azure, those that mean something here. */
export interface StoragePipelineOptions {
  retryOptions?: {
    /** Default 4. */
    maxTries?: number
    /** In milliseconds. */
    tryTimeoutInMs?: number
    /** In milliseconds. */
    retryDelayInMs?: number
    /** In milliseconds. */
    maxRetryDelayInMs?: number
    /** Not supported. */
    secondaryHost?: string
  }
  userAgentOptions?: { userAgentPrefix?: string }
  /** Connections are always kept. */
  keepAliveOptions?: { enable?: boolean }
  /** For which tokens are asked for. */
  audience?: string | string[]
  /** Not supported. */
  proxyOptions?: unknown
  /** Not supported. */
  httpClient?: unknown
}

const instead =
  'Use BlobsStorage or BlobsTranscriptStore of @parley/storage-blobs, whose option agent makes the connections, through a proxy or to another host'

/**
 * The same for Parley's client.
 *
 * @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: one of them cannot be honoured.
 */
export function blobsOptions({ retryOptions = {}, ...pipeline }: StoragePipelineOptions = {}): BlobsOptions {
  const unsupported = { ...pick(pipeline, 'proxyOptions', 'httpClient'), ...pick(retryOptions, 'secondaryHost') }
  const [name] = Object.keys(unsupported)
  if (name) throw new UnsupportedError(`storagePipelineOptions.${name}`, instead)
  return {
    maxTries: retryOptions.maxTries,
    tryTimeoutMs: retryOptions.tryTimeoutInMs,
    retryDelayMs: retryOptions.retryDelayInMs,
    maxRetryDelayMs: retryOptions.maxRetryDelayInMs,
    userAgentPrefix: pipeline.userAgentOptions?.userAgentPrefix,
    tokenScope: scopeOf(pipeline.audience),
  }
}

function scopeOf(audience: string | string[] | undefined): string | undefined {
  const first = Array.isArray(audience) ? audience[0] : audience
  return first && !first.endsWith('/.default') ? `${first.replace(/\/$/, '')}/.default` : first
}

function pick(options: object, ...names: string[]): object {
  return Object.fromEntries(
    Object.entries(options).filter(([name, value]) => names.includes(name) && value !== undefined),
  )
}
