import { Severity } from '@parley/core'
import type {
  BotPageViewTelemetryClient,
  BotTelemetryClient,
  OpenValue,
  TelemetryDependency,
  TelemetryEvent,
  TelemetryException,
  TelemetryPageView,
  TelemetryTrace,
} from '@parley/core'
import { parseConnectionString } from './connection-string.ts'
import { addTurn, currentActivity } from './current-activity.ts'
import { DependencyMissingError } from './dependency-missing-error.ts'
import { IngestionClient } from './ingestion-client.ts'
import { findApplicationInsights } from './installed-package.ts'
import type { ApplicationInsights } from './installed-package.ts'
import type { TelemetrySink } from './telemetry-sink.ts'

/**
 * Reports to Application Insights what a bot tells it, with the user, the conversation and the activity of the turn.
 *
 * With the package `applicationinsights` 2 installed, all goes through it, as in SDK v4, and it collects requests and
 * calls of its own accord. Without it, what the bot tells is posted by this class.
 */
export class ApplicationInsightsTelemetryClient implements BotTelemetryClient, BotPageViewTelemetryClient {
  private readonly client: TelemetrySink
  private readonly config: OpenValue

  /**
   * @param connectionString - Of the resource; or its instrumentation key.
   * @throws Error: there is no instrumentation key.
   */
  constructor(connectionString: string) {
    const installed = findApplicationInsights()
    this.config = installed && setUp(installed, connectionString)
    this.client = installed ? installed.defaultClient : new IngestionClient(parseConnectionString(connectionString))
  }

  /**
   * Settings of the package `applicationinsights`.
   *
   * @throws {@link DependencyMissingError} `DROPIN_DEPENDENCY_MISSING`: it is not installed.
   */
  get configuration(): OpenValue {
    this.requirePackage('configuration')
    return this.config
  }

  /**
   * The client of the package `applicationinsights`.
   *
   * @throws {@link DependencyMissingError} `DROPIN_DEPENDENCY_MISSING`: it is not installed.
   */
  get defaultClient(): OpenValue {
    this.requirePackage('defaultClient')
    return this.client
  }

  trackDependency(telemetry: TelemetryDependency): void {
    this.client.trackDependency(telemetry)
  }

  trackEvent({ name, properties, metrics }: TelemetryEvent): void {
    this.client.trackEvent({ name, properties, measurements: metrics })
  }

  trackException({ exception, properties, measurements, severityLevel }: TelemetryException): void {
    this.client.trackException({ exception, properties, measurements, severity: severityLevel })
  }

  trackTrace({ message, properties, severityLevel }: TelemetryTrace): void {
    this.client.trackTrace({ message, properties, severity: severityLevel ?? Severity.Information })
  }

  trackPageView({ name, properties, metrics }: TelemetryPageView): void {
    this.client.trackPageView({ name, properties, measurements: metrics })
  }

  /** Sends what has been collected; does not wait for it. */
  flush(): void {
    void this.client.flush()
  }

  /** The name alone: a client that ends up in a log shall not show its key. */
  toJSON(): { name: string } {
    return { name: 'ApplicationInsightsTelemetryClient' }
  }

  private requirePackage(member: string): void {
    if (this.config) return
    const what = `ApplicationInsightsTelemetryClient.${member}`
    throw new DependencyMissingError(what, 'applicationinsights', 'npm install applicationinsights@2')
  }
}

/** @returns The configuration to change. */
function setUp(installed: ApplicationInsights, connectionString: string): OpenValue {
  const configuration = installed.setup(connectionString).setAutoDependencyCorrelation(true).start()
  installed.defaultClient.addTelemetryProcessor((envelope, { correlationContext } = {}) => {
    addTurn(envelope, currentActivity.getStore() ?? correlationContext?.activity)
    return true
  })
  return configuration
}
