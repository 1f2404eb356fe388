import { ClaimsIdentity } from '@parley/core'
import type { Activity, TurnContext } from '@parley/core'
import { ConversationState, MemoryStorage, UserState } from '@parley/state'
import { turnOf } from '../test/turn.ts'
import { ComponentDialog } from './component-dialog.ts'
import type { DialogState } from './dialog-context.ts'
import { Dialog } from './dialog.ts'
import type { DialogContext } from './dialog-context.ts'
import type { DialogEvent, DialogTurnResult } from './dialog.ts'
import { TextPrompt } from './prompts/text-prompt.ts'
import { runDialog } from './run-dialog.ts'
import { WaterfallDialog } from './waterfall-dialog.ts'

const property = () => new ConversationState(new MemoryStorage()).createProperty<DialogState>('dialogs')

function root(): ComponentDialog {
  const steps = new WaterfallDialog('steps', [(step) => step.prompt('text', 'ask'), (step) => step.endDialog({ r: 1 })])
  return new ComponentDialog('root').addDialog(steps).addDialog(new TextPrompt('text'))
}

/** A turn in which another bot calls this one as its skill. */
function skillTurn(activity: Partial<Activity> = {}): ReturnType<typeof turnOf> {
  const turn = turnOf(activity)
  const claims = Object.entries({ ver: '1.0', aud: 'skill', appid: 'parent' }).map(([type, value]) => ({ type, value }))
  turn.context.turnState.set(turn.context.adapter.BotIdentityKey, new ClaimsIdentity(claims, true))
  return turn
}

const said = (sent: Partial<Activity>[]): unknown[] =>
  sent.map(({ type, text, label, code }) => [type, text ?? label ?? code].filter(Boolean).join(' '))

test.each<[string, [unknown, unknown, unknown]]>([
  ['dialog', [undefined, turnOf().context, property()]],
  ['context', [root(), undefined, property()]],
  ['context.activity', [root(), {}, property()]],
  ['accessor', [root(), turnOf().context, undefined]],
])('a missing %s is named', async (what, parameters) => {
  await expect(runDialog(...(parameters as Parameters<typeof runDialog>))).rejects.toThrow(
    `runDialog(): missing ${what}`,
  )
})

test('begins the dialog, then continues it', async () => {
  const accessor = property()
  const dialog = root()
  const { context, sent } = turnOf({ channelId: 'emulator' })
  await runDialog(dialog, context, accessor)
  await runDialog(dialog, context, accessor)
  expect(said(sent)).toEqual(['message ask', 'trace Bot State', 'trace Bot State'])
  expect(await accessor.get(context)).toEqual({ dialogStack: [] })
})

describe('the trace of what is remembered', () => {
  const serving = (context: TurnContext): void => void Object.assign(context.adapter, { process: async () => {} })

  test('has the scopes that have something', async () => {
    const { context, sent } = turnOf({ channelId: 'emulator' })
    await runDialog(root(), context, property())
    expect(sent.at(-1)).toMatchObject({
      name: 'BotState',
      valueType: 'https://www.botframework.com/schemas/botState',
      value: { turn: { activity: { text: 'hi' } }, dialog: { dialogs: {} }, this: { options: { prompt: 'ask' } } },
    })
  })

  test('is not made for channels that would not get it', async () => {
    const { context, sent } = turnOf({ channelId: 'msteams' })
    serving(context)
    await runDialog(root(), context, property())
    expect(said(sent)).toEqual(['message ask'])
  })

  test('is made when something observes what is sent', async () => {
    const { context, sent } = turnOf({ channelId: 'msteams' })
    serving(context)
    context.onSendActivities((_context, _activities, next) => next())
    await runDialog(root(), context, property())
    expect(said(sent)).toEqual(['message ask', 'trace Bot State'])
  })
})

test('states of the turn are loaded before and saved after', async () => {
  class Remembering extends Dialog {
    async beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
      dc.state.setValue('user.visits', dc.state.getValue('user.visits', 0) + 1)
      return Dialog.EndOfTurn
    }
  }
  const storage = new MemoryStorage()
  for (let visits = 1; visits <= 2; visits++) {
    const { context } = turnOf()
    context.turnState.set('UserState', new UserState(storage))
    await runDialog(new Remembering('r'), context, property())
    expect(await storage.read(['test/users/u/'])).toMatchObject({ 'test/users/u/': { visits } })
  }
})

describe('in a skill', () => {
  test('the parent gets the result with the end of the conversation', async () => {
    const accessor = property()
    const dialog = root()
    const { context, sent } = skillTurn({ locale: 'de-DE' })
    await runDialog(dialog, context, accessor)
    await runDialog(dialog, context, accessor)
    expect(said(sent).at(-1)).toBe('endOfConversation completedSuccessfully')
    expect(sent.at(-1)).toMatchObject({ value: { r: 1 }, locale: 'de-DE' })
  })

  test('the parent hears that the dialog was cancelled', async () => {
    class Cancelling extends Dialog {
      beginDialog(dc: DialogContext): Promise<DialogTurnResult> {
        return dc.cancelAllDialogs()
      }
    }
    const { context, sent } = skillTurn()
    await runDialog(new Cancelling('c'), context, property())
    expect(said(sent)).toEqual(['trace Skill State', 'endOfConversation userCancelled'])
  })

  test.each<[Partial<Activity>, unknown[], number]>([
    [{ type: 'endOfConversation' }, [], 0],
    [{ type: 'event', name: 'repromptDialog' }, ['message ask'], 1],
  ])('the parent can send %j', async (activity, expected, depth) => {
    const accessor = property()
    const dialog = root()
    const { context, sent } = skillTurn()
    await runDialog(dialog, context, accessor)
    sent.length = 0
    Object.assign(context.activity, activity)
    await runDialog(dialog, context, accessor)
    expect(said(sent)).toEqual(expected)
    expect((await accessor.get(context))?.dialogStack).toHaveLength(depth)
  })

  test.each([['endOfConversation'], ['event']])('an early %s begins nothing', async (type) => {
    const { context, sent } = skillTurn({ type, name: 'repromptDialog' })
    await runDialog(root(), context, property())
    expect(sent).toEqual([])
  })

  test.each([
    ['parent', 'endOfConversation completedSuccessfully'],
    ['https://api.botframework.com', 'trace Skill State'],
    ['https://api.botframework.us', 'trace Skill State'],
  ])('a reply of a skill of its own, for %s, ends with %s', async (oAuthScope, last) => {
    const accessor = property()
    const dialog = root()
    const { context, sent } = skillTurn()
    context.turnState.set(Symbol('SkillConversationReference'), { oAuthScope })
    await runDialog(dialog, context, accessor)
    await runDialog(dialog, context, accessor)
    expect(said(sent).at(-1)).toBe(last)
  })
})

describe('a dialog that fails', () => {
  class Failing extends Dialog {
    readonly events: DialogEvent[] = []
    handles = 0

    async beginDialog(): Promise<DialogTurnResult> {
      throw new Error('boom')
    }

    override async onDialogEvent(_dc: DialogContext, event: DialogEvent): Promise<boolean> {
      this.events.push(event)
      return event.name === 'error' && this.handles-- > 0
    }
  }

  test('fails the turn when nobody handles the event', async () => {
    const dialog = new Failing('f')
    await expect(runDialog(dialog, turnOf().context, property())).rejects.toMatchObject({
      code: 'DIALOGS_FAILED',
      message: 'boom',
    })
    expect(dialog.events.at(-1)).toMatchObject({ name: 'error', bubble: true, value: { message: 'boom' } })
  })

  test('gets the turn again when it handles the event', async () => {
    const dialog = Object.assign(new Failing('f'), { handles: 1 })
    const accessor = property()
    const { context } = turnOf()
    await runDialog(dialog, context, accessor)
    expect(await accessor.get(context)).toEqual({ dialogStack: [] })
  })
})

describe('a stored stack that cannot be continued', () => {
  test.each([
    ['names a dialog that is gone', { dialogStack: [{ id: 'gone', state: {} }] }],
    ['is no object', 5],
    [
      'has a waterfall without values',
      { dialogStack: [{ id: 'root', state: { dialogs: { dialogStack: [{ id: 'steps', state: {} }] } } }] },
    ],
    ['has components without state', { dialogStack: [{ id: 'root' }, { id: 'root' }] }],
  ])('is emptied, and the dialog begun, when it %s', async (_, stored) => {
    const accessor = property()
    const { context, sent } = turnOf({ channelId: 'msteams' })
    await accessor.set(context, stored as DialogState)
    const lines: unknown[] = []
    const logger = { debug() {}, info() {}, warn() {}, error: (facts: object) => void lines.push(facts) }
    const handled: string[] = []
    const onStateCorrupted = async (given: TurnContext, { code }: { code: string }): Promise<void> => {
      handled.push(code)
      await given.sendActivity('sorry')
    }
    await runDialog(root(), context, accessor, { logger, onStateCorrupted })
    expect(said(sent)).toEqual(['message sorry', 'message ask', 'trace Bot State'])
    expect(handled).toEqual(['DIALOGS_STATE_CORRUPTED'])
    expect(lines).toMatchObject([
      { ev: 'dialogs.state_corrupted', code: 'DIALOGS_STATE_CORRUPTED', conversationId: 'c' },
    ])
    expect((await accessor.get(context))?.dialogStack).toMatchObject([{ id: 'root' }])
  })
})
