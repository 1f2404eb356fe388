import type { OpenValue } from '../open-types.ts'

/** How bad it is. */
export const Severity = { Verbose: 0, Information: 1, Warning: 2, Error: 3, Critical: 4 } as const
export type Severity = (typeof Severity)[keyof typeof Severity]

/** Key in `turnState` of the {@link BotTelemetryClient}, where dialogs look for it. */
export const BotTelemetryClientKey = 'BotTelemetryClient'

/** Where a bot reports what happens in it. */
export interface BotTelemetryClient {
  trackDependency(telemetry: TelemetryDependency): OpenValue
  trackEvent(telemetry: TelemetryEvent): OpenValue
  trackException(telemetry: TelemetryException): OpenValue
  trackTrace(telemetry: TelemetryTrace): OpenValue
  /** Sends what has been collected. */
  flush(): OpenValue
}

/** A client that knows views, as dialogs report them. */
export interface BotPageViewTelemetryClient {
  trackPageView(telemetry: TelemetryPageView): OpenValue
}

/** A call of another service. */
export interface TelemetryDependency {
  dependencyTypeName: string
  /** The host called. */
  target: string
  name: string
  data: string
  /** In milliseconds. */
  duration: number
  success: boolean
  resultCode: number
}

/** Something that happened. */
export interface TelemetryEvent {
  name: string
  properties?: { [key: string]: OpenValue }
  metrics?: { [key: string]: number }
}

/** An error. */
export interface TelemetryException {
  exception: Error
  handledAt?: string
  properties?: { [key: string]: string }
  measurements?: { [key: string]: number }
  severityLevel?: Severity
}

/** A line of a log. */
export interface TelemetryTrace {
  message: string
  properties?: { [key: string]: string }
  severityLevel?: Severity
}

/** A view somebody sees: a dialog. */
export interface TelemetryPageView {
  name: string
  properties?: { [key: string]: string }
  metrics?: { [key: string]: number }
}

/** Reports nothing. */
export class NullTelemetryClient implements BotTelemetryClient, BotPageViewTelemetryClient {
  // oxlint-disable-next-line no-useless-constructor -- other clients take settings, so callers pass them
  constructor(_settings?: OpenValue) {}

  trackPageView(_telemetry: TelemetryPageView): void {}

  trackDependency(_telemetry: TelemetryDependency): void {}

  trackEvent(_telemetry: TelemetryEvent): void {}

  trackException(_telemetry: TelemetryException): void {}

  trackTrace(_telemetry: TelemetryTrace): void {}

  flush(): void {}
}

/**
 * Reports that a dialog is shown: as a view, or as a trace where the client knows no views.
 *
 * @throws TypeError: the client knows neither.
 */
export function telemetryTrackDialogView(
  telemetryClient: BotTelemetryClient,
  dialogName: string,
  properties?: { [key: string]: OpenValue },
  metrics?: { [key: string]: number },
): void {
  const client = (telemetryClient ?? {}) as Partial<BotTelemetryClient & BotPageViewTelemetryClient>
  if (typeof client.trackPageView === 'function') {
    client.trackPageView({ name: dialogName, properties, metrics } as TelemetryPageView)
  } else if (typeof client.trackTrace === 'function') {
    client.trackTrace({ message: `Dialog View: ${dialogName}`, severityLevel: Severity.Information })
  } else {
    throw new TypeError('"telemetryClient" parameter does not have methods trackPageView() or trackTrace()')
  }
}
