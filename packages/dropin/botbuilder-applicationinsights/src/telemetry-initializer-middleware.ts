import type { Middleware, OpenValue, TelemetryLoggerMiddleware, TurnContext } from '@parley/core'
import { currentActivity } from './current-activity.ts'
import { findApplicationInsights } from './installed-package.ts'

/** Lets what is reported in a turn say of which user, conversation and activity it is, and reports the activities. */
export class TelemetryInitializerMiddleware implements Middleware {
  /** Whether activities are reported. */
  readonly logActivityTelemetry: boolean
  /** What reports the activities; the name is SDK v4's. */
  readonly telemetryClient: TelemetryLoggerMiddleware
  private correlationContext: OpenValue

  /**
   * @param telemetryLoggerMiddleware - Reports the activities.
   * @param logActivityTelemetry - Whether it is run. Default `false`.
   */
  constructor(telemetryLoggerMiddleware: TelemetryLoggerMiddleware, logActivityTelemetry = false) {
    this.telemetryClient = telemetryLoggerMiddleware
    this.logActivityTelemetry = logActivityTelemetry
  }

  /** The context of the request in the package `applicationinsights`, when it is installed; else what was set. */
  protected get appInsightsCorrelationContext(): OpenValue {
    return this.correlationContext ?? findApplicationInsights()?.getCorrelationContext()
  }

  protected set appInsightsCorrelationContext(value: OpenValue) {
    this.correlationContext = value
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const correlation = this.appInsightsCorrelationContext
    if (correlation) correlation.activity = context.activity
    await currentActivity.run(context.activity, () =>
      this.logActivityTelemetry ? this.telemetryClient.onTurn(context, next) : next(),
    )
  }
}
