import { NullTelemetryClient } from '@parley/core'
import { Witness } from '../test/turn.ts'
import type { Converter, ConverterFactory } from './converter.ts'
import { Dialog } from './dialog.ts'
import type { DialogTurnResult } from './dialog.ts'
import { DialogsBotComponent } from './dialogs-bot-component.ts'

class Named extends Dialog {
  async beginDialog(): Promise<DialogTurnResult> {
    return Dialog.EndOfTurn
  }

  override getConverter(property: string): Converter | ConverterFactory {
    return (property === 'converted' ? { convert: (value) => `C${String(value)}` } : undefined) as Converter
  }
}

test('a dialog without an id has to compute one', () => {
  expect(() => new Named().id).toThrow('Dialog.onComputeId(): not implemented.')
  class Computing extends Named {
    protected override onComputeId(): string {
      return 'computed'
    }
  }
  expect(new Computing().id).toBe('computed')
  expect(new Computing('').id).toBe('')
})

test('its version is its id, and waiting is the end of the turn', () => {
  expect(new Named('a').getVersion()).toBe('a')
  expect(Dialog.EndOfTurn).toEqual({ status: 'waiting' })
})

test('telemetry set to nothing goes nowhere', () => {
  const dialog = new Named('a')
  dialog.telemetryClient = undefined as unknown as NullTelemetryClient
  expect(dialog.telemetryClient).toBeInstanceOf(NullTelemetryClient)
})

test('configure() sets properties, through their converters', () => {
  expect(new Named('a').configure({ plain: 1, converted: 2 })).toMatchObject({ plain: 1, converted: 'C2' })
  expect(new Witness('w', []).configure(undefined as unknown as Record<string, unknown>).id).toBe('w')
})

test('the component of dialogs adds the scopes and the resolvers after those that are there', () => {
  const made: Record<string, unknown[]> = {}
  const services = {
    composeFactory: (name: string, factory: (given: unknown[]) => unknown[]) => void (made[name] = factory(['given'])),
  }
  new DialogsBotComponent().configureServices(services, {})
  expect([made['memoryScopes']?.length, made['pathResolvers']?.length]).toEqual([10, 6])
  expect(made['memoryScopes']?.[0]).toBe('given')
})
