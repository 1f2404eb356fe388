/** Where telemetry goes, and whose it is. */
export interface IngestionTarget {
  readonly instrumentationKey: string
  readonly url: URL
}

const PUBLIC_ENDPOINT = 'https://dc.services.visualstudio.com'

/**
 * Reads a connection string of Application Insights, or a bare instrumentation key.
 *
 * @throws Error: there is no key in it; the text is SDK v4's.
 * @see https://learn.microsoft.com/azure/azure-monitor/app/connection-strings
 */
export function parseConnectionString(text: string | undefined): IngestionTarget {
  const fields = Object.fromEntries(
    (text ?? '').split(';').map((field) => {
      const at = field.indexOf('=')
      return [field.slice(0, Math.max(at, 0)).trim().toLowerCase(), field.slice(at + 1).trim()]
    }),
  )
  const instrumentationKey = text?.includes('=') ? fields['instrumentationkey'] : text?.trim()
  if (!instrumentationKey) {
    throw new Error(
      'Instrumentation key not found, please provide a connection string before starting Application Insights SDK.',
    )
  }
  return { instrumentationKey, url: new URL('/v2.1/track', fields['ingestionendpoint'] || endpointOf(fields)) }
}

function endpointOf({ endpointsuffix: suffix, location }: Record<string, string | undefined>): string {
  if (!suffix) return PUBLIC_ENDPOINT
  return `https://${location ? `${location}.` : ''}dc.${suffix}`
}
