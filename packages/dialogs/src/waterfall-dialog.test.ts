import type { BotTelemetryClient, TelemetryEvent } from '@parley/core'
import { NullTelemetryClient } from '@parley/core'
import { stackOf, turnOf } from '../test/turn.ts'
import { ComponentDialog } from './component-dialog.ts'
import { DialogContext, DialogSet } from './dialog-context.ts'
import { Dialog } from './dialog.ts'
import { WaterfallDialog } from './waterfall-dialog.ts'
import type { WaterfallStep } from './waterfall-dialog.ts'
import type { WaterfallStepContext } from './waterfall-step-context.ts'

const wait: WaterfallStep = async () => Dialog.EndOfTurn

class Telemetry extends NullTelemetryClient implements BotTelemetryClient {
  readonly events: string[] = []

  override trackEvent({ name, properties = {} }: TelemetryEvent): void {
    const { InstanceId: instance, ...rest } = properties
    const hasInstance = /^[\da-f-]{36}$/.test(instance)
    this.events.push([name, ...Object.values(rest), ...(hasInstance ? [] : ['of nothing'])].join(' '))
  }
}

test('steps get the result of the step before, and what the waterfall remembers', async () => {
  const seen: unknown[] = []
  const note = ({ index, options, result, reason, values }: WaterfallStepContext): void => {
    seen.push([index, options, result, reason, values.n])
    values.n = index
  }
  const waterfall = new WaterfallDialog('w', [
    async (step) => (note(step), Dialog.EndOfTurn),
    async (step) => (note(step), step.next('n')),
    async (step) => (note(step), step.endDialog('done')),
  ])
  const dc = stackOf(new DialogSet().add(waterfall))
  await dc.beginDialog('w', { o: 1 })
  expect(dc.stack).toEqual([
    { id: 'w', state: { options: { o: 1 }, values: { instanceId: expect.any(String), n: 0 }, stepIndex: 0 } },
  ])
  expect(await dc.continueDialog()).toEqual({ status: 'complete', result: 'done' })
  expect(seen).toEqual([
    [0, { o: 1 }, undefined, 'beginCalled', undefined],
    [1, { o: 1 }, 'hi', 'continueCalled', 0],
    [2, { o: 1 }, 'n', 'nextCalled', 1],
  ])
})

test('only messages move it on', async () => {
  const dc = stackOf(new DialogSet().add(new WaterfallDialog('w', [wait, wait])), { type: 'event' })
  await dc.beginDialog('w')
  expect(await dc.continueDialog()).toEqual({ status: 'waiting' })
  expect(dc.activeDialog?.state.stepIndex).toBe(0)
})

test('next() is called once per step', async () => {
  const twice: WaterfallStep = async (step) => {
    await step.next(1)
    return step.next(2)
  }
  await expect(stackOf(new DialogSet().add(new WaterfallDialog('w', [twice]))).beginDialog('w')).rejects.toThrow(
    "WaterfallStepContext.next(): method already called for dialog and step 'w[0]'.",
  )
})

test('a waterfall without steps ends at once', async () => {
  expect(await stackOf(new DialogSet().add(new WaterfallDialog('w'))).beginDialog('w')).toEqual({ status: 'complete' })
})

test('its version counts steps', () => {
  expect(new WaterfallDialog('w', [wait]).addStep(wait).getVersion()).toBe('w:2')
})

test('a step is on the stack of its waterfall', async () => {
  let step: WaterfallStepContext | undefined
  const dialogs = new DialogSet().add(new WaterfallDialog('w', [async (given) => ((step = given), Dialog.EndOfTurn)]))
  const dc = stackOf(dialogs)
  await dc.beginDialog('w')
  expect(step).toBeInstanceOf(DialogContext)
  expect(step?.stack).toBe(dc.stack)
  expect(step?.parent).toBeUndefined()
})

test('telemetry has the names of steps, or their numbers, and how it ended', async () => {
  const telemetry = new Telemetry()
  const dialogs = new DialogSet().add(
    new WaterfallDialog('w', [
      async function ask(step) {
        return step.next()
      },
      (step) => step.next(),
      wait,
    ]),
  )
  dialogs.telemetryClient = telemetry
  const dc = stackOf(dialogs)
  await dc.beginDialog('w')
  await dc.cancelAllDialogs()
  await dc.beginDialog('w')
  await dc.endDialog()
  const begun = ['WaterfallStart w', 'WaterfallStep w ask', 'WaterfallStep w Step2of3', 'WaterfallStep w wait']
  expect(telemetry.events).toEqual(begun.concat('WaterfallCancel w wait', begun, 'WaterfallComplete w'))
})

describe('a step that returns nothing', () => {
  const silent: WaterfallStep = (async () => {}) as unknown as WaterfallStep

  test('is named when its waterfall is inside of a component', async () => {
    const component = new ComponentDialog('c').addDialog(new WaterfallDialog('w', [silent]))
    await expect(stackOf(new DialogSet().add(component)).beginDialog('c')).rejects.toMatchObject({
      code: 'DIALOGS_RESULT_MISSING',
      message: expect.stringMatching(/^The dialog 'w', step 1, returned nothing; return .*Dialog\.EndOfTurn\.$/),
    })
  })

  test('waits when its waterfall is alone, as in SDK v4', async () => {
    const dc = stackOf(new DialogSet().add(new WaterfallDialog('w', [silent, (step) => step.endDialog(step.result)])))
    expect(await dc.beginDialog('w')).toBeUndefined()
    expect(await dc.continueDialog()).toEqual({ status: 'complete', result: 'hi' })
  })
})

test.each([[{}], [undefined], [{ values: {} }], [{ values: {}, stepIndex: 'x' }], ['text']])(
  'a stored state of %j is damaged',
  async (state) => {
    const dialogs = new DialogSet().add(new WaterfallDialog('w', [wait, wait]))
    const dc = new DialogContext(dialogs, turnOf().context, { dialogStack: [{ id: 'w', state }] })
    await expect(dc.continueDialog()).rejects.toMatchObject({ code: 'DIALOGS_STATE_CORRUPTED' })
  },
)

test('a stored step that is no longer there ends the waterfall', async () => {
  const dialogs = new DialogSet().add(new WaterfallDialog('w', [wait]))
  const state = { options: {}, values: {}, stepIndex: 99 }
  const dc = new DialogContext(dialogs, turnOf().context, { dialogStack: [{ id: 'w', state }] })
  expect(await dc.continueDialog()).toEqual({ status: 'complete', result: 'hi' })
})
