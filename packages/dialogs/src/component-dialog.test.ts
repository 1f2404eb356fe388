import { stackOf, turnOf, Witness } from '../test/turn.ts'
import { ComponentDialog } from './component-dialog.ts'
import { DialogContext, DialogSet } from './dialog-context.ts'
import { Dialog } from './dialog.ts'
import type { DialogInstance, DialogReason, DialogTurnResult, DialogTurnStatus } from './dialog.ts'
import { WaterfallDialog } from './waterfall-dialog.ts'

/** Answers what it is told to. */
class Answering extends Dialog {
  private readonly answers: readonly DialogTurnResult[]

  constructor(...answers: DialogTurnResult[]) {
    super('answering')
    this.answers = answers
  }

  async beginDialog(): Promise<DialogTurnResult> {
    return this.answers[0] as DialogTurnResult
  }

  override async continueDialog(): Promise<DialogTurnResult> {
    return this.answers[1] as DialogTurnResult
  }
}

class Noting extends ComponentDialog {
  readonly notes: string[] = []

  protected override async onEndDialog(_context: unknown, _instance: DialogInstance, reason: DialogReason) {
    this.notes.push(`end ${reason}`)
  }

  protected override async onRepromptDialog() {
    this.notes.push('reprompt')
  }

  protected override endComponent(outerDC: DialogContext, result: unknown) {
    this.notes.push(`component ${String(result)}`)
    return super.endComponent(outerDC, result)
  }
}

describe.each<[DialogTurnStatus, DialogTurnStatus]>([
  ['empty', 'complete'],
  ['complete', 'complete'],
  ['completeAndWait', 'complete'],
  ['cancelled', 'cancelled'],
])('a dialog inside that begins with %s', (status, outcome) => {
  test(`ends the component with ${outcome}`, async () => {
    const component = new Noting('c').addDialog(new Answering({ status, result: 'R' }))
    const dc = stackOf(new DialogSet().add(component))
    expect(await dc.beginDialog('c')).toEqual({ status: outcome, result: 'R' })
    expect(dc.stack).toEqual([])
    expect(component.notes).toEqual(['component R', 'end endCalled'])
  })

  test('ends the component when it says so later', async () => {
    const component = new Noting('c').addDialog(new Answering(Dialog.EndOfTurn, { status, result: 'R' }))
    const dc = stackOf(new DialogSet().add(component))
    await dc.beginDialog('c')
    expect(await dc.continueDialog()).toEqual({ status: 'complete', result: 'R' })
  })
})

test('it begins with the dialog that was added first, or with the one that is named', async () => {
  class Named extends ComponentDialog {
    constructor(initial?: string) {
      super('c')
      this.addDialog(new Witness('a', notes)).addDialog(new Witness('b', notes))
      if (initial) this.initialDialogId = initial
    }
  }
  const notes: string[] = []
  await stackOf(new DialogSet().add(new Named())).beginDialog('c')
  await stackOf(new DialogSet().add(new Named('b'))).beginDialog('c', { o: 1 })
  expect(notes).toEqual(['a begin', 'b begin {"o":1}'])
})

test('being asked again goes inwards first', async () => {
  const notes: string[] = []
  const component = new Noting('c').addDialog(new Witness('a', notes))
  const dc = stackOf(new DialogSet().add(component))
  await dc.beginDialog('c')
  await dc.repromptDialog()
  expect(notes.at(-1)).toBe('a reprompt')
  expect(component.notes).toEqual(['reprompt'])
})

test('it asks again when what was put above it has ended', async () => {
  const notes: string[] = []
  const component = new ComponentDialog('c').addDialog(new Witness('a', notes))
  const dc = stackOf(new DialogSet().add(component).add(new Witness('above', [], { endsWith: 1 })))
  await dc.beginDialog('c')
  await dc.beginDialog('above')
  expect(await dc.continueDialog()).toEqual({ status: 'waiting' })
  expect(notes.at(-1)).toBe('a reprompt')
})

describe('when the dialogs inside have changed', () => {
  const component = (): ComponentDialog =>
    new ComponentDialog('c').addDialog(new WaterfallDialog('a', [async () => Dialog.EndOfTurn]))
  const stored = (version?: string): { dialogStack: DialogInstance[] } => ({
    dialogStack: [{ id: 'c', ...(version ? { version } : {}), state: { dialogs: { dialogStack: [] } } }],
  })

  test('telemetry and a trace say so, and the version is the new one', async () => {
    const { context, sent } = turnOf()
    const dialogs = new DialogSet().add(component())
    const traces: unknown[] = []
    dialogs.telemetryClient = Object.assign(dialogs.getDialogs()[0]!.telemetryClient, {
      trackTrace: (trace: unknown) => traces.push(trace),
    })
    const state = stored('old')
    await new DialogContext(dialogs, context, state).continueDialog()
    const message = 'Unhandled dialog event: versionChanged. Active Dialog: c'
    expect(traces).toEqual([{ message, severityLevel: 2 }])
    expect(sent).toMatchObject([{ type: 'trace', name: message }])
  })

  test.each([['3789148'], [undefined]])('the version %s is not a change', async (version) => {
    const { context, sent } = turnOf()
    await new DialogContext(new DialogSet().add(component()), context, stored(version)).continueDialog()
    expect(sent).toEqual([])
  })

  test('a parent that handles the event gets it with the id of the component', async () => {
    const events: unknown[] = []
    class Parent extends ComponentDialog {
      override async onDialogEvent(...[, event]: Parameters<ComponentDialog['onDialogEvent']>): Promise<boolean> {
        events.push(event)
        return true
      }
    }
    const parent = new Parent('p').addDialog(component())
    const { context, sent } = turnOf()
    const dialogStack = [{ id: 'p', state: { dialogs: stored('old') } }]
    await new DialogContext(new DialogSet().add(parent), context, { dialogStack }).continueDialog()
    expect(events.at(-1)).toEqual({ name: 'versionChanged', value: 'c', bubble: true })
    expect(sent).toEqual([])
  })
})

test('containers inside each other share a telemetry client', () => {
  const [one, other] = [new ComponentDialog('one'), new ComponentDialog('other')]
  one.addDialog(other)
  other.addDialog(one)
  const client = Object.create(one.telemetryClient)
  one.telemetryClient = client
  expect(other.telemetryClient).toBe(client)
})
