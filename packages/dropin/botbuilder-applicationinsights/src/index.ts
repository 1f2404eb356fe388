export { ApplicationInsightsTelemetryClient } from './application-insights-telemetry-client.ts'
export { TelemetryInitializerMiddleware } from './telemetry-initializer-middleware.ts'
export { ApplicationInsightsWebserverMiddleware } from './webserver-middleware.ts'
