import type { OpenValue } from '@parley/core'

/** One item of telemetry, as Application Insights takes it. */
export interface TelemetryEnvelope {
  ver: 1
  name: string
  /** ISO 8601. */
  time: string
  iKey: string
  tags: { [name: string]: string }
  data: {
    baseType: string
    baseData: { ver: 2; properties: { [name: string]: string }; [name: string]: OpenValue }
  }
}

/** Kind of an item: its name, and that of its data. */
export type TelemetryKind = 'Event' | 'Message' | 'Exception' | 'PageView' | 'RemoteDependency'

/** Puts telemetry into an envelope; properties become texts. */
export function makeEnvelope(
  iKey: string,
  kind: TelemetryKind,
  { properties = {}, ...data }: { readonly properties?: object | undefined; readonly [name: string]: OpenValue },
): TelemetryEnvelope {
  const texts = Object.entries(properties).map(([name, value]) => [name, textOf(value)])
  return {
    ver: 1,
    name: `Microsoft.ApplicationInsights.${iKey.replaceAll('-', '')}.${kind}`,
    time: new Date().toISOString(),
    iKey,
    tags: {},
    data: { baseType: `${kind}Data`, baseData: { ver: 2, ...data, properties: Object.fromEntries(texts) } },
  }
}

/** `[d.]hh:mm:ss.fff`. */
export function durationText(ms: number): string {
  const whole = Math.max(0, Math.round(ms))
  const [days, rest] = [Math.floor(whole / 86_400_000), new Date(whole % 86_400_000)]
  return `${days > 0 ? `${days}.` : ''}${rest.toISOString().slice(11, 23)}`
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Error) return String(value)
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return String(value)
  }
}
