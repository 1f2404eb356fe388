import { ConversationState, MemoryStorage, UserState } from '@parley/state'
import { turnOf, Witness } from '../../test/turn.ts'
import { ComponentDialog } from '../component-dialog.ts'
import { DialogContext, DialogSet } from '../dialog-context.ts'
import { addMemoryComponents, isComponentMemoryScopes, isComponentPathResolvers } from './memory-components.ts'
import { DialogStateManager } from './dialog-state-manager.ts'
import { MemoryScope } from './memory-scope.ts'

/** A leaf in a component, with the states of user and conversation. */
async function leaf(): Promise<{ dc: DialogContext; outer: DialogContext; storage: MemoryStorage }> {
  const storage = new MemoryStorage()
  const { context } = turnOf()
  const states = { ConversationState: new ConversationState(storage), UserState: new UserState(storage) }
  for (const [key, state] of Object.entries(states)) {
    context.turnState.set(key, state)
    await state.load(context)
  }
  const component = new ComponentDialog('component').addDialog(new Witness('leaf', []))
  const outer = new DialogContext(new DialogSet().add(component), context, { dialogStack: [] })
  await outer.beginDialog('component')
  return { dc: outer.child as DialogContext, outer, storage }
}

const root = (): DialogContext => new DialogContext(new DialogSet(), turnOf().context, { dialogStack: [] })

describe('getValue()', () => {
  test.each<[string, unknown]>([
    ['turn.activity.text', 'hi'],
    ['TURN.Activity.TEXT', 'hi'],
    ['turn.nothing.at.all', undefined],
    ['user.name.first', 'Ada'],
    ["user['name'].first", 'Ada'],
    ['user["name"]["first"]', 'Ada'],
    ['user[turn.key].first', 'Ada'],
    [' user.name.first', 'Ada'],
    ['user.list[2]', 'c'],
    ['user.list[turn.index]', 'c'],
    ['user.list[-1]', undefined],
    ['user.list.2', undefined],
    ['user.list.first()', 'a'],
    ['user.lists.first()', 'n1'],
    ['user.name.first()', undefined],
    ['user[turn.nothing]', undefined],
    ['', undefined],
    ['$count', 3],
    ['#Book.score', 0.5],
    ['@city', 'Rome'],
    ['@@city', ['Rome', 'Oslo']],
    ['@city[0]', undefined],
    ['@place.name', 'Hall'],
    ['%id', undefined],
    ['dialogcontext.stack', ['leaf', 'component']],
    ['dialogcontext.parent', 'component'],
  ])('%j is %j', async (path, expected) => {
    const { dc } = await leaf()
    const { state } = dc
    state.setValue('user.name', { first: 'Ada' })
    state.setValue('user.list', ['a', 'b', 'c'])
    state.setValue('user.lists', [['n1', 'n2']])
    state.setValue('turn.key', 'NAME')
    state.setValue('turn.index', 2)
    state.setValue('$count', 3)
    state.setValue('turn.recognized', {
      intents: { Book: { score: 0.5 } },
      entities: { city: ['Rome', 'Oslo'], place: [{ name: 'Hall' }] },
    })
    expect(state.getValue(path)).toEqual(expected)
  })

  test.each<[unknown, unknown]>([
    [null, 'default'],
    [undefined, 'default'],
    [0, 0],
    ['', ''],
    [false, false],
  ])('%j becomes %j with a default', (value, expected) => {
    const { state } = root()
    state.setValue('turn.value', value)
    expect(state.getValue('turn.value', 'default')).toBe(expected)
    expect(state.getValue('turn.value', () => 'default')).toBe(expected)
  })

  test('of a scope that is not there warns and gives the default', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue()
    expect(root().state.getValue('nowhere.a', 3)).toBe(3)
    expect(warn.mock.calls).toEqual([
      ["DialogStateManager.getValue: a scope of 'nowhere' wasn't found for 'nowhere.a'."],
    ])
    warn.mockRestore()
  })
})

test.each([
  ['user.a b'],
  ['user .name'],
  ['user['],
  ['user]'],
  ['user[1'],
  ['user["a'],
  ['user.a!'],
  ['user.a@b'],
  ['user.naïve'],
  ['user.日本'],
])('the path %j cannot be read', (path) => {
  expect(() => root().state.getValue(path)).toThrow(`DialogStateManager.normalizePath: Invalid path detected - ${path}`)
})

test.each<[string, (string | number)[], (string | number)[]]>([
  ['user.a', ['user', 'a'], ['user', 'a']],
  ['user["a b"].c', ['user', 'a b', 'c'], ['user', 'a b', 'c']],
  ['user["a.b"]', ['user', 'a.b'], ['user', 'a.b']],
  ['user[0][1]', ['user', 0, 1], ['user', 0, 1]],
  ['user[turn.x.y].z', ['user', '', 'z'], []],
  ['turn.$x', ['turn', '$x'], ['turn', '$x']],
])('parsePath(%j) is %j, without nested paths %j', (path, expected, flat) => {
  expect(root().state.parsePath(path)).toEqual(expected)
  expect(root().state.parsePath(path, false)).toEqual(flat)
})

test.each([
  ['$x', 'dialog.x'],
  ['$', 'dialog'],
  ['#x', 'turn.recognized.intents.x'],
  ['@x', 'turn.recognized.entities.x.first()'],
  ['@x.y.z', 'turn.recognized.entities.x.first().y.z'],
  ['@x[0]', 'turn.recognized.entities.x.first()[0]'],
  ['@@x[1].y', 'turn.recognized.entities.x[1].y'],
  ['%x', 'class.x'],
  ['@', '@'],
  ['user.a', 'user.a'],
])('transformPath(%j) is %j', (path, expected) => {
  expect(root().state.transformPath(path)).toBe(expected)
})

describe('setValue()', () => {
  test.each<[string, unknown, object]>([
    ['user.name.first', 'Ada', { name: { first: 'Ada', kept: 1 } }],
    ['USER.NAME.KEPT', 2, { name: { kept: 2 } }],
    ['user.list[2]', 'c', { name: { kept: 1 }, list: [undefined, undefined, 'c'] }],
    ['user.__proto__.polluted', 1, { name: { kept: 1 }, ['__proto__']: { polluted: 1 } }],
  ])('%j makes what is missing', async (path, value, expected) => {
    const { dc } = await leaf()
    dc.state.setValue('user.name', { kept: 1 })
    dc.state.setValue(path, value)
    expect(dc.state.getValue('user')).toEqual(expected)
    expect({}).not.toHaveProperty('polluted')
  })

  test.each([
    ['nowhere.a', "DialogStateManager.setValue: a scope of 'nowhere' wasn't found."],
    ['', "DialogStateManager.setValue: path wasn't specified."],
    ['turn.text.x', "DialogStateManager.setValue: unable to update value for 'turn.text.x'."],
    ['turn.list.x', "DialogStateManager.setValue: unable to update value for 'turn.list.x'."],
    ['turn.list2[1].q.r', "DialogStateManager.setValue: unable to update value for 'turn.list2[1].q.r'."],
    ['turn[turn.nothing]', "DialogStateManager.setValue: unable to update value for 'turn[turn.nothing]'."],
    ['user', 'You cannot replace the root BotState object.'],
    ['class', "MemoryScope.setMemory: The 'class' memory scope is read-only."],
    ['dialogcontext', "MemoryScope.setMemory: The 'dialogContext' memory scope is read-only."],
  ])('%j is refused', async (path, message) => {
    const { state } = (await leaf()).dc
    state.setValue('turn.text', 't')
    state.setValue('turn.list', [1])
    expect(() => state.setValue(path, 1)).toThrow(message)
  })

  test.each([
    ['turn', 'TurnMemoryScope.setMemory: undefined memory object passed in.'],
    ['this', 'ThisMemoryScope.setMemory: undefined memory object passed in.'],
    ['dialog', 'DialogMemoryScope.setMemory: undefined memory object passed in.'],
  ])('%s is replaced as a whole, but not by nothing', async (scope, message) => {
    const { state } = (await leaf()).dc
    state.setValue(scope, { z: 1 })
    expect(state.getValue(scope)).toEqual({ z: 1 })
    expect(() => state.setValue(scope, undefined)).toThrow(message)
  })

  test.each([
    ['this', 'ThisMemoryScope.setMemory: no active dialog found.'],
    ['dialog', 'DialogMemoryScope.setMemory: no active dialog found.'],
    ['user', 'UserState is not available.'],
    ['user.x', "DialogStateManager.setValue: unable to update value for 'user.x'."],
  ])('%s needs something that remembers', (path, message) => {
    expect(() => root().state.setValue(path, {})).toThrow(message)
  })
})

test('dialog is what the container remembers, this what the active dialog does', async () => {
  const { dc, outer } = await leaf()
  dc.state.setValue('$foo', 5)
  dc.state.setValue('this.bar', 6)
  expect(outer.stack[0]?.state).toMatchObject({ foo: 5, dialogs: { dialogStack: [{ id: 'leaf', state: { bar: 6 } }] } })
  expect(outer.state.getValue('$foo')).toBe(5)
})

test('class has the properties of the dialog, and the values of its expressions', async () => {
  const expression = { tryGetValue: () => ({ value: 'evaluated', error: undefined }) }
  const failing = { tryGetValue: () => ({ value: 'x', error: 'bad' }) }
  const dialog = Object.assign(new Witness('w', []), { fixed: 1, expression, failing, call: () => 1 })
  const dc = new DialogContext(new DialogSet().add(dialog), turnOf().context, { dialogStack: [{ id: 'w', state: {} }] })
  expect(dc.state.getValue('class')).toMatchObject({ fixed: 1, expression: 'evaluated' })
  expect(dc.state.getValue('class')).not.toHaveProperty('failing')
  expect(dc.state.getValue('class')).not.toHaveProperty('call')
  expect(dc.state.getValue('dialogclass.fixed')).toBe(1)
})

test('deleteValue() removes properties, and moves up what follows in lists', async () => {
  const { state } = (await leaf()).dc
  state.setValue('user.name', { first: 'Ada', last: 'L' })
  state.setValue('user.list', ['a', 'b'])
  for (const path of ['user.NAME.first', 'user.list[0]', 'user.nothing.at.all']) state.deleteValue(path)
  expect(state.getValue('user')).toEqual({ name: { last: 'L' }, list: ['b'] })
})

test.each([
  ['user', "DialogStateManager.deleteValue: invalid path of 'user'."],
  ['nowhere.a', "DialogStateManager.deleteValue: a scope of 'nowhere' wasn't found."],
])('deleteValue(%j) is refused', (path, message) => {
  expect(() => root().state.deleteValue(path)).toThrow(message)
})

test('tracked paths have changed when they, or what they are in, were set since', async () => {
  const { state } = (await leaf()).dc
  expect(state.trackPaths(['user.name', '$y', 'turn.q[0].z', 'turn[turn.x]'])).toEqual([
    'user_name',
    'dialog_y',
    'turn_q_0_z',
  ])
  expect(state.anyPathChanged(0, ['user_name'])).toBe(false)
  state.setValue('dialog.eventCounter', 3)
  state.setValue('user.name', 'z')
  state.setValue('turn.q', [{ z: 4 }])
  expect(
    [
      [0, ['user_name']],
      [0, ['turn_q_0_z']],
      [3, ['user_name']],
      [0, ['dialog_y']],
      [0, []],
    ].map(([counter, paths]) => state.anyPathChanged(counter as number, paths as string[])),
  ).toEqual([true, true, false, false, false])
})

test('the snapshot leaves out what developers have, and what there is none of', async () => {
  expect(Object.keys((await leaf()).dc.state.getMemorySnapshot())).toEqual([
    'turn',
    'dialog',
    'this',
    'conversation',
    'user',
  ])
  expect(Object.keys(root().state.getMemorySnapshot())).toEqual(['turn'])
})

test('all scopes are saved together, and some can be deleted', async () => {
  const { dc, storage } = await leaf()
  dc.state.setValue('user.a', 1)
  await dc.state.saveAllChanges()
  await dc.state.loadAllScopes()
  expect(await storage.read(['test/users/u/'])).toMatchObject({ 'test/users/u/': { a: 1 } })
  await dc.state.deleteScopesMemory('user')
  await dc.state.deleteScopesMemory('nowhere')
  await expect(dc.state.deleteScopesMemory('turn')).rejects.toThrow(
    "MemoryScope.delete: The 'turn' memory scope can't be deleted.",
  )
  expect(dc.state.version()).toBe('0')
})

class Weather extends MemoryScope {
  constructor(name = 'weather') {
    super(name)
  }

  getMemory(): object {
    return { today: 'sun' }
  }
}

test('a configuration is that of the whole turn', () => {
  const dc = root()
  const pathResolvers = [{ transformPath: (path: string) => path.replace(/^~/, 'weather.') }]
  dc.state = new DialogStateManager(dc, { memoryScopes: [new Weather()], pathResolvers })
  expect(dc.state.getValue('~today')).toBe('sun')
  expect(new DialogStateManager(dc).getValue('weather.today')).toBe('sun')
})

test('components add scopes and abbreviations', () => {
  const component = {
    getMemoryScopes: () => [new Weather('forecast')],
    getPathResolvers: () => [{ transformPath: (path: string) => path.replace(/^~/, 'forecast.') }],
  }
  expect([isComponentMemoryScopes(component), isComponentPathResolvers(component)]).toEqual([true, true])
  expect([isComponentMemoryScopes({}), isComponentPathResolvers({})]).toEqual([false, false])
  addMemoryComponents(() => [component, {}])
  expect(root().state.getValue('~today')).toBe('sun')
})
