import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { IngestionTarget } from './connection-string.ts'
import { addTurn, currentActivity } from './current-activity.ts'
import { durationText, makeEnvelope } from './envelope.ts'
import type { TelemetryEnvelope, TelemetryKind } from './envelope.ts'
import type { TelemetrySink } from './telemetry-sink.ts'

type Told<Method extends keyof TelemetrySink> = Parameters<TelemetrySink[Method]>[0]

const SEND_EVERY_MS = 15_000
const SEND_AT = 250
/** More is not kept while nothing can be sent; the oldest goes. */
const KEPT = 2_000
const TIMEOUT_MS = 30_000
const TRY_LATER = new Set([0, 408, 429, 439, 500, 502, 503, 504])
const compress = promisify(gzip)

/** Posts telemetry to the ingestion endpoint of Application Insights: in batches, and again when that fails. */
export class IngestionClient implements TelemetrySink {
  private readonly target: IngestionTarget
  private waiting: TelemetryEnvelope[] = []
  private timer: NodeJS.Timeout | undefined
  private hasWarned = false

  constructor(target: IngestionTarget) {
    this.target = target
  }

  trackDependency({ dependencyTypeName, duration, resultCode, ...data }: Told<'trackDependency'>): void {
    const texts = { type: dependencyTypeName, duration: durationText(duration), resultCode: String(resultCode) }
    this.add('RemoteDependency', { ...data, ...texts })
  }

  trackEvent(telemetry: Told<'trackEvent'>): void {
    this.add('Event', telemetry)
  }

  trackException({ exception, severity, ...data }: Told<'trackException'>): void {
    const { name, message, stack } = exception
    const exceptions = [{ typeName: name, message, hasFullStack: Boolean(stack), stack }]
    this.add('Exception', { ...data, exceptions, severityLevel: severity })
  }

  trackTrace({ severity, ...data }: Told<'trackTrace'>): void {
    this.add('Message', { ...data, severityLevel: severity })
  }

  trackPageView(telemetry: Told<'trackPageView'>): void {
    this.add('PageView', telemetry)
  }

  /** Sends what waits. Never rejects: telemetry must not break a bot. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const items = this.waiting
    if (items.length === 0) return
    this.waiting = []
    const { status, answer } = await this.post(items)
    const later = TRY_LATER.has(status) ? items : status === 206 ? refusedForNow(items, answer) : []
    if (later.length > 0) this.keep(later)
    else if (status >= 300) this.warn(status)
  }

  private add(kind: TelemetryKind, data: Parameters<typeof makeEnvelope>[2]): void {
    const envelope = makeEnvelope(this.target.instrumentationKey, kind, data)
    addTurn(envelope, currentActivity.getStore())
    this.waiting.push(envelope)
    if (this.waiting.length % SEND_AT === 0) void this.flush()
    else this.schedule()
  }

  private keep(items: TelemetryEnvelope[]): void {
    this.waiting = [...items, ...this.waiting].slice(-KEPT)
    this.schedule()
  }

  private schedule(): void {
    // Telemetry alone does not keep a process alive.
    this.timer ??= setTimeout(() => void this.flush(), SEND_EVERY_MS).unref()
  }

  private async post(items: readonly TelemetryEnvelope[]): Promise<{ status: number; answer: string }> {
    const { url } = this.target
    const body = await compress(items.map((item) => JSON.stringify(item)).join('\n'))
    const headers = {
      'content-type': 'application/x-json-stream',
      'content-encoding': 'gzip',
      'content-length': body.length,
    }
    return new Promise((resolve) => {
      const fail = (): void => resolve({ status: 0, answer: '' })
      const options = { method: 'POST', headers, signal: AbortSignal.timeout(TIMEOUT_MS) }
      const sent = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
        text(response).then((answer) => resolve({ status: response.statusCode ?? 0, answer }), fail)
      })
      sent.on('error', fail)
      sent.end(body)
    })
  }

  private warn(status: number): void {
    if (this.hasWarned) return
    this.hasWarned = true
    process.emitWarning(
      `Application Insights refused telemetry (${status}), which is lost; check the connection string.`,
      'TelemetryWarning',
    )
  }
}

/** Which items of a batch that was taken in part are worth sending again. */
function refusedForNow(items: readonly TelemetryEnvelope[], answer: string): TelemetryEnvelope[] {
  try {
    const { errors = [] } = JSON.parse(answer) as { errors?: { index: number; statusCode: number }[] }
    return errors.flatMap(({ index, statusCode }) => (TRY_LATER.has(statusCode) ? (items[index] ?? []) : []))
  } catch {
    return []
  }
}
