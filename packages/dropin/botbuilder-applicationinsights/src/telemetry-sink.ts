import type { OpenValue } from '@parley/core'

interface Telemetry {
  readonly properties?: { readonly [name: string]: OpenValue } | undefined
  readonly measurements?: { readonly [name: string]: number } | undefined
}

/** What takes telemetry: the client of `applicationinsights`, or the one here. */
export interface TelemetrySink {
  trackDependency(
    telemetry: Telemetry & {
      readonly dependencyTypeName: string
      readonly target: string
      readonly name: string
      readonly data: string
      /** In milliseconds. */
      readonly duration: number
      readonly success: boolean
      readonly resultCode: number
    },
  ): void
  trackEvent(telemetry: Telemetry & { readonly name: string }): void
  trackException(telemetry: Telemetry & { readonly exception: Error; readonly severity: number | undefined }): void
  trackTrace(telemetry: Telemetry & { readonly message: string; readonly severity: number | undefined }): void
  trackPageView(telemetry: Telemetry & { readonly name: string }): void
  flush(): OpenValue
}
