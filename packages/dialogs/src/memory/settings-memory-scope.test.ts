import { turnOf } from '../../test/turn.ts'
import { DialogContext, DialogSet } from '../dialog-context.ts'
import { DialogTurnStateConstants } from '../dialog-turn-state-constants.ts'
import { SettingsMemoryScope } from './settings-memory-scope.ts'

class Readable extends SettingsMemoryScope {
  static read(configuration: Record<string, string>): Record<string, unknown> {
    return SettingsMemoryScope.loadSettings(configuration)
  }
}

const root = (): DialogContext => new DialogContext(new DialogSet(), turnOf().context, { dialogStack: [] })

test('names with colons become levels, and names that are numbers lists', () => {
  expect(Readable.read({ 'a:b:c': '1', 'a:b:d': '2', 'list:0': 'x', 'list:1': 'y', p: 'q' })).toEqual({
    a: { b: { c: '1', d: '2' } },
    list: ['x', 'y'],
    p: 'q',
  })
})

test('secrets are left out, whatever is beside them', () => {
  const settings = Readable.read({
    MicrosoftAppPassword: 's',
    MicrosoftAppId: 'id',
    'cosmosDb:authKey': 's',
    'cosmosDb:name': 'db',
    'runtimeSettings:telemetry:options:connectionString': 's',
  })
  expect(settings).toEqual({
    MicrosoftAppId: 'id',
    cosmosDb: { name: 'db' },
    runtimeSettings: { telemetry: { options: {} } },
  })
})

test('__proto__ is a name like others', () => {
  expect(Object.hasOwn(Readable.read({ '__proto__:polluted': '1' }), '__proto__')).toBe(true)
  expect({}).not.toHaveProperty('polluted')
})

test('the settings of the turn come over those of the process, and are read once', () => {
  const dc = root()
  const configuration = { mine: 1, MicrosoftAppPassword: 's' }
  dc.context.turnState.set(DialogTurnStateConstants.configuration, configuration)
  const scope = new SettingsMemoryScope()
  expect(scope.getMemory(dc)).toMatchObject({ mine: 1, PATH: process.env['PATH'] })
  expect(scope.getMemory(dc)).not.toHaveProperty('MicrosoftAppPassword')
  expect(scope.getMemory(dc)).toBe(dc.state.getValue('settings'))
  expect(configuration).toHaveProperty('MicrosoftAppPassword')
})

test('settings that are given are all there are', () => {
  expect(new SettingsMemoryScope({ given: { a: 1 } }).getMemory(root())).toEqual({ given: { a: 1 } })
})
