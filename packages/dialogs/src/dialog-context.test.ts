import { MemoryStorage, ConversationState } from '@parley/state'
import { stackOf, turnOf, Witness } from '../test/turn.ts'
import { ComponentDialog } from './component-dialog.ts'
import { DialogContext, DialogSet } from './dialog-context.ts'
import type { DialogState } from './dialog-context.ts'
import { DialogContextError } from './dialog-context-error.ts'
import { Dialog } from './dialog.ts'
import type { DialogTurnResult } from './dialog.ts'
import { WaterfallDialog } from './waterfall-dialog.ts'

/** `outer` with `inner` with `leaf`, and `top`, `stubborn` (keeps being cancelled to itself) and `brief` beside. */
function nest(): { dialogs: DialogSet; notes: string[] } {
  const notes: string[] = []
  const inner = new ComponentDialog('inner')
    .addDialog(new Witness('leaf', notes))
    .addDialog(new Witness('leaf2', notes))
  const outer = new ComponentDialog('outer').addDialog(inner).addDialog(new Witness('side', notes))
  const dialogs = new DialogSet()
    .add(outer)
    .add(new Witness('top', notes))
    .add(new Witness('stubborn', notes, { handles: 'cancelDialog' }))
    .add(new Witness('quiet', notes, { handles: 'repromptDialog' }))
    .add(new Witness('brief', notes, { endsWith: 'r' }))
  return { dialogs, notes }
}

const idsOf = ({ stack }: DialogContext): string[] => stack.map(({ id }) => id)

describe('an empty stack', () => {
  test.each<[string, (dc: DialogContext) => Promise<unknown>, unknown]>([
    ['continueDialog()', (dc) => dc.continueDialog(), { status: 'empty' }],
    ['endDialog(3)', (dc) => dc.endDialog(3), { status: 'complete', result: 3 }],
    ['repromptDialog()', (dc) => dc.repromptDialog(), undefined],
    ['cancelAllDialogs()', (dc) => dc.cancelAllDialogs(), { status: 'empty' }],
    ['emitEvent()', (dc) => dc.emitEvent('x'), false],
  ])('%s does nothing', async (_, call, expected) => {
    expect(await call(stackOf(new DialogSet()))).toEqual(expected)
  })

  test('is made in the state it is given', () => {
    const state = {} as DialogState
    const dc = new DialogContext(new DialogSet(), turnOf().context, state)
    expect(state).toEqual({ dialogStack: [] })
    expect(dc.stack).toBe(state.dialogStack)
  })
})

describe('the stack as it is stored', () => {
  test('has the stacks of containers in their state, with versions', async () => {
    const dc = stackOf(nest().dialogs)
    await dc.beginDialog('outer', { o: 1 })
    expect(dc.stack).toEqual([
      {
        id: 'outer',
        version: '1366691001',
        state: {
          dialogs: {
            dialogStack: [
              { id: 'inner', version: '-158732302', state: { dialogs: { dialogStack: [{ id: 'leaf', state: {} }] } } },
            ],
          },
        },
      },
    ])
  })
})

describe('dialogs that cannot be found', () => {
  test.each<[string, (dc: DialogContext) => Promise<unknown>]>([
    ['beginDialog', (dc) => dc.beginDialog('x')],
    ['replaceDialog', (dc) => dc.replaceDialog('x')],
    ['prompt', (dc) => dc.prompt('x', 'hi')],
  ])('%s() names the one that was asked for', async (_, call) => {
    await expect(call(stackOf(new DialogSet()))).rejects.toMatchObject({
      name: 'DialogContextError',
      code: 'DIALOGS_FAILED',
      message: "DialogContext.beginDialog(): A dialog with an id of 'x' wasn't found.",
    })
  })

  test.each<[string, string[], (dc: DialogContext) => Promise<unknown>, string]>([
    [
      'continueDialog',
      ['gone'],
      (dc) => dc.continueDialog(),
      "DialogContext.continueDialog(): Can't continue dialog. A dialog with an id of 'gone' wasn't found.",
    ],
    [
      'endDialog',
      ['gone', 'gone too'],
      (dc) => dc.endDialog(),
      "DialogContext.endDialog(): Can't resume previous dialog. A dialog with an id of 'gone' wasn't found.",
    ],
    [
      'repromptDialog',
      ['gone'],
      (dc) => dc.repromptDialog(),
      "DialogContext.repromptDialog(): Can't find a dialog with an id of 'gone'.",
    ],
  ])('%s() says that the stored stack is damaged', async (_, ids, call, message) => {
    const dc = stackOf(new DialogSet())
    dc.stack.push(...ids.map((id) => ({ id, state: {} })))
    await expect(call(dc)).rejects.toMatchObject({
      name: 'DialogContextError',
      code: 'DIALOGS_STATE_CORRUPTED',
      message,
      dialogContext: { activeDialog: 'gone', stack: [{ id: 'gone', state: {} }] },
    })
  })

  test.each([['constructor'], ['__proto__'], ['toString']])('the id %s is one like others', async (id) => {
    const dc = stackOf(new DialogSet())
    dc.stack.push({ id, state: {} })
    await expect(dc.continueDialog()).rejects.toMatchObject({ code: 'DIALOGS_STATE_CORRUPTED' })
  })

  test('cancelling and ending go on without them', async () => {
    const dc = stackOf(new DialogSet())
    dc.stack.push({ id: 'gone', state: {} }, { id: 'gone too', state: {} })
    expect(await dc.cancelAllDialogs()).toEqual({ status: 'cancelled' })
    expect(dc.stack).toEqual([])
  })
})

describe('what a dialog throws', () => {
  class Failing extends Dialog {
    async beginDialog(): Promise<DialogTurnResult> {
      throw new RangeError('boom')
    }
  }

  test('comes out once, with the stack it failed on', async () => {
    const outer = new ComponentDialog('outer').addDialog(new Failing('inner'))
    const dc = stackOf(new DialogSet().add(outer))
    const error = await dc.beginDialog('outer').catch((thrown: DialogContextError) => thrown)
    expect(error).toBeInstanceOf(DialogContextError)
    expect(error).toMatchObject({
      message: 'boom',
      code: 'DIALOGS_FAILED',
      dialogContext: { activeDialog: 'inner', parent: 'outer', stack: [{ id: 'inner', state: {} }] },
    })
    expect(error).toMatchObject({ error: expect.any(RangeError), cause: expect.any(RangeError) })
  })

  test.each([
    ['an error', 5, '`error` argument must be an Error or a string'],
    ['a context', 'x', '`dialogContext` argument must be of type DialogContext'],
  ])('a DialogContextError needs %s', (_, error, message) => {
    expect(() => new DialogContextError(error as string, {} as DialogContext)).toThrow(message)
  })
})

describe('events', () => {
  test('go from the leaf to the root before, and back after; once per turn for the activity', async () => {
    const notes: string[] = []
    const inner = new ComponentDialog('inner').addDialog(new Witness('leaf', notes))
    const dc = stackOf(new DialogSet().add(inner))
    await dc.beginDialog('inner')
    notes.length = 0
    await dc.continueDialog()
    await dc.continueDialog()
    expect(notes).toEqual([
      'leaf before activityReceived true',
      'leaf after activityReceived',
      'leaf continue',
      'leaf continue',
    ])
  })

  test('that are handled before reach no parent', async () => {
    const notes: string[] = []
    const dialogs = new DialogSet().add(new Witness('w', notes, { handles: 'x' }))
    const dc = stackOf(dialogs)
    await dc.beginDialog('w')
    notes.length = 0
    expect(await dc.emitEvent('x')).toBe(true)
    expect(await dc.emitEvent('y')).toBe(false)
    expect(notes).toEqual(['w before x true', 'w before y true', 'w after y'])
  })
})

describe('cancelAllDialogs()', () => {
  test('ends those inside of containers, too', async () => {
    const { dialogs, notes } = nest()
    const dc = stackOf(dialogs)
    await dc.beginDialog('outer')
    notes.length = 0
    expect(await dc.cancelAllDialogs()).toEqual({ status: 'cancelled' })
    expect(notes).toEqual(['leaf end cancelCalled'])
    expect(dc.stack).toEqual([])
  })

  test('does not ask its own active dialog, and stops at the first other that handles the event', async () => {
    const { dialogs, notes } = nest()
    const dc = stackOf(dialogs)
    for (const id of ['stubborn', 'top']) await dc.beginDialog(id)
    notes.length = 0
    expect(await dc.cancelAllDialogs()).toEqual({ status: 'cancelled' })
    expect(notes).toEqual(['top end cancelCalled', 'stubborn before cancelDialog false'])
    expect(idsOf(dc)).toEqual(['stubborn'])
  })

  test('of a leaf ends its parents when it is to', async () => {
    const { dialogs } = nest()
    const dc = stackOf(dialogs)
    await dc.beginDialog('outer')
    expect(await dc.child?.child?.cancelAllDialogs(true, 'stop')).toEqual({ status: 'cancelled' })
    expect(dc.stack).toEqual([])
  })
})

describe('ending, replacing and asking again', () => {
  test('a dialog that ends gives its result to the one below, and to turn.lastresult', async () => {
    const { dialogs, notes } = nest()
    const dc = stackOf(dialogs)
    for (const id of ['top', 'brief']) await dc.beginDialog(id)
    notes.length = 0
    expect(await dc.continueDialog()).toEqual({ status: 'waiting' })
    expect(notes.slice(-3)).toEqual(['brief continue', 'brief end endCalled', 'top resume endCalled r'])
    expect(dc.state.getValue('turn.lastresult')).toBe('r')
  })

  test('a dialog that is replaced is told so', async () => {
    const { dialogs, notes } = nest()
    const dc = stackOf(dialogs)
    await dc.beginDialog('top')
    await dc.replaceDialog('brief', { a: 1 })
    expect(notes).toEqual(['top begin', 'top end replaceCalled', 'brief begin {"a":1}'])
    expect(idsOf(dc)).toEqual(['brief'])
  })

  test('a dialog that handles the event is not asked to reprompt', async () => {
    const { dialogs, notes } = nest()
    const dc = stackOf(dialogs)
    await dc.beginDialog('quiet')
    notes.length = 0
    await dc.repromptDialog()
    expect(notes).toEqual(['quiet before repromptDialog false'])
  })
})

test.each<[string, Parameters<DialogContext['prompt']>, object]>([
  ['a text', ['top', 'hi'], { prompt: 'hi' }],
  [
    'an activity and choices',
    ['top', { type: 'message', text: 'x' }, ['a']],
    { prompt: { type: 'message', text: 'x' }, choices: ['a'] },
  ],
  ['options and choices', ['top', { prompt: 'x', choices: ['q'] }, ['a']], { prompt: 'x', choices: ['a'] }],
  ['options', ['top', { prompt: 'x', retryPrompt: 'y' }], { prompt: 'x', retryPrompt: 'y' }],
])('prompt() makes options of %s', async (_, parameters, options) => {
  const { dialogs, notes } = nest()
  await stackOf(dialogs).prompt(...parameters)
  expect(notes).toEqual([`top begin ${JSON.stringify(options)}`])
})

test('services of a parent are there in its children', async () => {
  const dc = stackOf(nest().dialogs)
  dc.services.set('key', 1)
  await dc.beginDialog('outer')
  expect(dc.child?.child?.services.get('key')).toBe(1)
})

test.each([
  ['de-DE', 'de-DE'],
  [undefined, Intl.DateTimeFormat().resolvedOptions().locale],
])('the language of a turn with the locale %s is %s', (locale, expected) => {
  expect(stackOf(new DialogSet(), locale ? { locale } : {}).getLocale()).toBe(expected)
})

describe('a DialogSet', () => {
  test('numbers dialogs whose id is taken, and ignores one it has', () => {
    const dialog = new WaterfallDialog('a')
    const dialogs = new DialogSet().add(dialog).add(dialog).add(new WaterfallDialog('a')).add(new WaterfallDialog('a'))
    expect(dialogs.getDialogs().map(({ id }) => id)).toEqual(['a', 'a2', 'a3'])
  })

  test('adds what a dialog depends on', () => {
    const dialog = Object.assign(new WaterfallDialog('v'), { getDependencies: () => [new WaterfallDialog('x')] })
    expect(
      new DialogSet()
        .add(dialog)
        .getDialogs()
        .map(({ id }) => id),
    ).toEqual(['v', 'x'])
  })

  test.each([[{}], [undefined]])('refuses %s', (given) => {
    expect(() => new DialogSet().add(given as Dialog)).toThrow('DialogSet.add(): Invalid dialog being added.')
  })

  test.each<[string, Dialog[], string]>([
    ['no dialog', [], '0'],
    ['a waterfall of one step', [new WaterfallDialog('a', [async () => Dialog.EndOfTurn])], '3789148'],
    ['three empty waterfalls', ['a', 'a2', 'a3'].map((id) => new WaterfallDialog(id)), '-1866332868'],
  ])('has for %s the version that SDK v4 stores', (_, given, version) => {
    const dialogs = new DialogSet()
    for (const dialog of given) dialogs.add(dialog)
    expect(dialogs.getVersion()).toBe(version)
  })

  test('without a place for stacks makes no contexts', async () => {
    await expect(new DialogSet().createContext(turnOf().context)).rejects.toThrow(
      'DialogSet.createContext(): the dialog set was not bound to a stateProperty when constructed.',
    )
  })

  const damaged: [string, unknown][] = [
    ['names a dialog that is not there', { dialogStack: [{ id: 'gone', state: {} }] }],
    ['is no object', 'rubbish'],
    ['has a component without state', { dialogStack: [{ id: 'outer' }] }],
    ['has a component with a number for its dialogs', { dialogStack: [{ id: 'outer', state: { dialogs: 5 } }] }],
    ['has a text for a dialog', { dialogStack: ['outer'] }],
  ]

  test.each(damaged)('with onStateCorrupted begins anew when what is stored %s', async (_, stored) => {
    const property = new ConversationState(new MemoryStorage()).createProperty<DialogState>('dialogs')
    const { context } = turnOf()
    await property.set(context, structuredClone(stored) as DialogState)
    const codes: string[] = []
    const outer = new ComponentDialog('outer').addDialog(new Witness('leaf', []))
    const dialogs = new DialogSet(property, { onStateCorrupted: (_context, { code }) => void codes.push(code) }).add(
      outer,
    )
    const dc = await dialogs.createContext(context)
    expect(await dc.continueDialog()).toEqual({ status: 'empty' })
    expect(codes).toEqual(['DIALOGS_STATE_CORRUPTED'])
    expect(await property.get(context)).toEqual({ dialogStack: [] })
  })

  test.each(damaged)('without it fails once when what is stored %s', async (_, stored) => {
    const state = new ConversationState(new MemoryStorage())
    const property = state.createProperty<DialogState>('dialogs')
    const { context } = turnOf()
    await property.set(context, structuredClone(stored) as DialogState)
    await state.saveChanges(context)
    const dialogs = new DialogSet(property).add(new ComponentDialog('outer').addDialog(new Witness('leaf', [])))
    const turn = async (): Promise<DialogTurnResult> => (await dialogs.createContext(turnOf().context)).continueDialog()
    await expect(turn()).rejects.toMatchObject({ code: 'DIALOGS_STATE_CORRUPTED' })
    expect(await turn()).toEqual({ status: 'empty' })
  })
})
