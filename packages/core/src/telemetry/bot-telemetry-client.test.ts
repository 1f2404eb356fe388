import { NullTelemetryClient, telemetryTrackDialogView } from './bot-telemetry-client.ts'
import type { BotTelemetryClient } from './bot-telemetry-client.ts'

describe('telemetryTrackDialogView', () => {
  test('tracks a view where the client knows views', () => {
    const trackPageView = jest.fn()
    telemetryTrackDialogView({ trackPageView } as unknown as BotTelemetryClient, 'greet', { a: 1 }, { b: 2 })
    expect(trackPageView).toHaveBeenCalledWith({ name: 'greet', properties: { a: 1 }, metrics: { b: 2 } })
  })

  test('tracks a trace where it does not', () => {
    const trackTrace = jest.fn()
    telemetryTrackDialogView({ trackTrace } as unknown as BotTelemetryClient, 'greet')
    expect(trackTrace).toHaveBeenCalledWith({ message: 'Dialog View: greet', severityLevel: 1 })
  })

  test.each([{}, null, undefined])('refuses %p', (client) => {
    const message = '"telemetryClient" parameter does not have methods trackPageView() or trackTrace()'
    expect(() => telemetryTrackDialogView(client as never, 'greet')).toThrow(new TypeError(message))
  })
})

test('NullTelemetryClient takes settings and everything else, and does nothing', () => {
  const client = new NullTelemetryClient({ any: 'setting' })
  const nothing = {} as never
  client.trackPageView(nothing)
  client.trackDependency(nothing)
  client.trackEvent(nothing)
  client.trackException(nothing)
  client.trackTrace(nothing)
  expect(client.flush()).toBeUndefined()
})
