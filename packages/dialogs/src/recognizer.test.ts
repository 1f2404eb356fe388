import { BotTelemetryClientKey, NullTelemetryClient } from '@parley/core'
import type { TelemetryEvent } from '@parley/core'
import { stackOf } from '../test/turn.ts'
import { DialogSet } from './dialog-context.ts'
import { Recognizer } from './recognizer.ts'
import type { RecognizerResult } from './recognizer.ts'

class Open extends Recognizer {
  choose(results: Record<string, RecognizerResult>): RecognizerResult {
    return this.createChooseIntentResult(results)
  }

  describe(result: RecognizerResult, properties: Record<string, string>): Record<string, string> {
    return this.fillRecognizerResultTelemetryProperties(result, properties)
  }

  track(...parameters: Parameters<Recognizer['trackRecognizerResult']>): void {
    this.trackRecognizerResult(...parameters)
  }
}

class Telemetry extends NullTelemetryClient {
  readonly events: TelemetryEvent[] = []

  override trackEvent(event: TelemetryEvent): void {
    this.events.push(event)
  }
}

test('recognizing is for subclasses', async () => {
  await expect(new Recognizer().recognize(stackOf(new DialogSet()), {})).rejects.toThrow(
    'Please implement recognize function.',
  )
})

test('results of several recognizers become candidates', () => {
  const one = { text: 't', intents: { x: { score: 0.5 } } }
  const other = { text: 't', intents: { None: { score: 1 } } }
  expect(new Open().choose({ one, other })).toEqual({
    text: 't',
    intents: { ChooseIntent: { score: 1 } },
    candidates: [{ id: 'one', intent: 'x', score: 0.5, result: one }],
    entities: {},
  })
  expect(new Open().choose({ other })).toMatchObject({ text: 't', intents: { None: { score: 1 } } })
})

test('telemetry gets the best intent, and what has no place of its own', () => {
  const result = {
    text: 'hello',
    intents: { a: { score: 0.4 }, b: { score: 0.8 } },
    entities: { e: 1 },
    extra: { z: 1 },
  }
  expect(new Open().describe(result, { A: '1' })).toEqual({
    Text: 'hello',
    AlteredText: undefined,
    TopIntent: 'b',
    TopIntentScore: '0.8',
    Intents: '{"a":{"score":0.4},"b":{"score":0.8}}',
    Entities: '{"e":1}',
    AdditionalProperties: '{"extra":{"z":1}}',
    A: '1',
  })
  expect(new Open().describe({ text: 'x', intents: {} }, { Text: 'mine' })).toMatchObject({
    Text: 'mine',
    TopIntent: undefined,
    AdditionalProperties: '{}',
  })
})

test('events go to its own telemetry client, else to that of the turn', () => {
  const [own, ofTurn] = [new Telemetry(), new Telemetry()]
  const dc = stackOf(new DialogSet())
  dc.context.turnState.set(BotTelemetryClientKey, ofTurn)
  const recognizer = new Open()
  recognizer.track(dc, 'first', { a: 'b' }, { m: 1 })
  recognizer.telemetryClient = own
  recognizer.track(dc, 'second')
  expect(ofTurn.events).toEqual([{ name: 'first', properties: { a: 'b' }, metrics: { m: 1 } }])
  expect(own.events.map(({ name }) => name)).toEqual(['second'])
})
