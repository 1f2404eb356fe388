import { Dialog, WaterfallDialog } from '@parley/dialogs'
import { ConversationState, MemoryStorage } from '@parley/state'
import { DialogTestClient, DialogTestLogger } from './dialogs.ts'
import { TestAdapter } from './index.ts'

function createDialog(): Dialog {
  return new WaterfallDialog('steps', [
    async (step) => {
      await step.context.sendActivity(
        `begun with ${JSON.stringify(step.options)} on ${step.context.activity.channelId}`,
      )
      await step.context.sendActivity('second')
      return Dialog.EndOfTurn
    },
    async (step) => {
      await step.context.sendActivity(`got ${step.result}`)
      return step.endDialog('done')
    },
  ])
}

test('a dialog is begun with its options, continued, and begun again after its end', async () => {
  const client = new DialogTestClient('emulator', createDialog(), { a: 1 })
  expect(client.dialogContext).toBeUndefined()
  expect((await client.sendActivity('hi'))?.text).toBe('begun with {"a":1} on emulator')
  expect(client.dialogTurnResult).toEqual({ status: 'waiting' })
  expect(client.dialogContext?.activeDialog?.id).toBe('steps')
  expect(client.getNextReply()?.text).toBe('second')
  expect(client.getNextReply()).toBeUndefined()
  expect((await client.sendActivity({ type: 'message', text: 'x' }))?.text).toBe('got x')
  expect(client.dialogTurnResult).toEqual({ status: 'complete', result: 'done' })
  expect((await client.sendActivity('again'))?.text).toContain('begun')
})

test('clients that share a state share the stack of dialogs', async () => {
  const state = new ConversationState(new MemoryStorage())
  await new DialogTestClient('test', createDialog(), undefined, [], state).sendActivity('hi')
  const other = new DialogTestClient('test', createDialog(), undefined, undefined, state)
  expect((await other.sendActivity('x'))?.text).toBe('got x')
})

test('a given adapter hands its turns to the dialog, and keeps the state', async () => {
  const adapter = new TestAdapter(async () => {
    throw new Error('The bot of the adapter was called.')
  })
  const client = new DialogTestClient(adapter, createDialog())
  await client.sendActivity('hi')
  client.getNextReply()
  expect((await client.sendActivity('x'))?.text).toBe('got x')
})

test('middlewares run around the dialog, and the state is saved after them', async () => {
  const order: string[] = []
  const state = new ConversationState(new MemoryStorage())
  const late = state.createProperty<number>('late')
  const client = new DialogTestClient(
    'test',
    createDialog(),
    undefined,
    [
      {
        onTurn: async (context, next) => {
          order.push('outer')
          await next()
          await late.set(context, 5)
        },
      },
      {
        onTurn: async (_context, next) => {
          order.push('inner')
          await next()
        },
      },
      new DialogTestLogger({ log: (line) => order.push(String(line)) }),
    ],
    state,
  )
  await client.sendActivity('hi')
  expect(order.slice(0, 3)).toEqual(['outer', 'inner', 'User: Text = hi'])
  let stored: number | undefined
  await new TestAdapter(
    async (context) => {
      stored = await late.get(context)
    },
    { channelId: 'test' },
  ).receiveActivity('look')
  expect(stored).toBe(5)
})

test('what the dialog throws comes out, and nothing is saved', async () => {
  const broken = new WaterfallDialog('steps', [
    async () => {
      throw new Error('boom')
    },
  ])
  const client = new DialogTestClient('test', broken)
  await expect(client.sendActivity('hi')).rejects.toMatchObject({ code: 'DIALOGS_FAILED', message: 'boom' })
  expect(client.dialogTurnResult).toEqual({ status: 'empty' })
  await expect(client.sendActivity('hi')).rejects.toThrow('boom')
})
