import { ComponentDialog, NumberPrompt, TextPrompt, WaterfallDialog, runDialog } from '@parley/dialogs'
import type { DialogState, DialogTurnResult, WaterfallStepContext } from '@parley/dialogs'
import { ConversationState, MemoryStorage } from '@parley/state'
import { TestAdapter } from '@parley/testing'
import { DialogTestClient, DialogTestLogger } from '@parley/testing/dialogs'
import { replayTranscript } from '@parley/testing/transcripts'

/** Asks where to, and for how many. */
class BookingDialog extends ComponentDialog {
  constructor() {
    super('booking')
    this.addDialog(new TextPrompt('text'))
    this.addDialog(new NumberPrompt('number', async ({ recognized }) => Number(recognized.value) > 0))
    this.addDialog(new WaterfallDialog('steps', [askDestination, askTravellers, confirm]))
    this.initialDialogId = 'steps'
  }
}

async function askDestination(step: WaterfallStepContext<{ destination?: string }>): Promise<DialogTurnResult> {
  const { destination } = step.options
  return destination ? step.next(destination) : step.prompt('text', 'Where do you want to go?')
}

async function askTravellers(step: WaterfallStepContext): Promise<DialogTurnResult> {
  Object.assign(step.values, { destination: step.result })
  return step.prompt('number', { prompt: 'How many are you?', retryPrompt: 'At least one has to travel.' })
}

async function confirm(step: WaterfallStepContext): Promise<DialogTurnResult> {
  const { destination } = step.values as { destination: string }
  await step.context.sendActivity(`${step.result} to ${destination}, it is.`)
  return step.endDialog({ destination, travellers: step.result })
}

test('a dialog by itself: what it says, and what it returns', async () => {
  const options = { destination: 'Rome' }
  const client = new DialogTestClient('test', new BookingDialog(), options, [new DialogTestLogger()])
  expect((await client.sendActivity('hi'))?.text).toBe('How many are you?')
  expect((await client.sendActivity('nobody'))?.text).toBe('At least one has to travel.')
  expect((await client.sendActivity('two'))?.text).toBe('2 to Rome, it is.')
  expect(client.dialogTurnResult).toEqual({ status: 'complete', result: { destination: 'Rome', travellers: 2 } })
})

test('a whole conversation, as it is written down', async () => {
  const state = new ConversationState(new MemoryStorage())
  const dialogs = state.createProperty<DialogState>('dialogs')
  const dialog = new BookingDialog()
  const adapter = new TestAdapter(async (context) => {
    await runDialog(dialog, context, dialogs)
    await state.saveChanges(context)
  })
  await replayTranscript(adapter, 'docs/examples/booking.chat')
})
