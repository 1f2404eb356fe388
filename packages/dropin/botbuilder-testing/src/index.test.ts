/* oxlint-disable no-underscore-dangle -- names of v4 */
import { Dialog, DialogContext, WaterfallDialog } from '@parley/botbuilder-dialogs'
import type { WaterfallStepContext } from '@parley/botbuilder-dialogs'
import type { Middleware, TurnContext } from '@parley/core'
import { ConversationState, MemoryStorage, TestAdapter } from '@parley/sdk-v4/core'
import { replayTranscript } from '@parley/testing/transcripts'
import { DialogTestClient, DialogTestLogger } from './index.ts'

async function logged(
  sent: Parameters<TestAdapter['receiveActivity']>[0],
  bot: (context: TurnContext) => Promise<unknown>,
): Promise<string[]> {
  const lines: string[] = []
  const adapter = new TestAdapter(async (context) => {
    lines.push('(the bot)')
    await bot(context)
  })
  adapter.use(new DialogTestLogger({ log: (line) => lines.push(String(line)) }))
  await adapter.receiveActivity(sent)
  return lines.map((line) => line.replace(/\d+:\d+:\d+/, 'now').replace(/elapsed \d+/, 'elapsed n'))
}

test('what is said is written down before it is delivered, in the form of SDK v4', async () => {
  expect(await logged('hi', (context) => context.sendActivity('one', 'eins', 'expectingInput'))).toEqual([
    'User: Text = hi',
    '-> ts: now',
    '(the bot)',
    'Bot: Text      = one',
    '     Speak     = eins',
    '     InputHint = expectingInput',
    '-> ts: now elapsed n ms',
  ])
})

test('what is no message is written down as JSON, and several activities have one time', async () => {
  const lines = await logged({ type: 'event', name: 'in' }, (context) =>
    context.sendActivities([{ type: 'typing' }, { type: 'message', text: 'out' }]),
  )
  expect(lines.slice(0, 4)).toEqual(['User: Activity = event', '{', '  "type": "event",', '  "name": "in",'])
  expect(lines.filter((line) => /^(Bot|->)/.test(line))).toEqual([
    '-> ts: now',
    'Bot: Activity = typing',
    'Bot: Text      = out',
    '-> ts: now elapsed n ms',
  ])
})

function createDialog(): Dialog {
  return new WaterfallDialog('steps', [
    async (step: WaterfallStepContext) => {
      await step.context.sendActivity(`begun with ${JSON.stringify(step.options)}`)
      await step.context.sendActivity('second')
      return Dialog.EndOfTurn
    },
    async (step: WaterfallStepContext) => {
      await step.context.sendActivity(`got ${step.result}`)
      return step.endDialog('done')
    },
  ])
}

interface Inside {
  readonly _testAdapter: TestAdapter
  readonly _callback: (context: TurnContext) => Promise<void>
}

function inside(client: DialogTestClient): Inside {
  return client as unknown as Inside
}

function storedIn(storage: MemoryStorage): Record<string, unknown> {
  return (storage as unknown as { memory: Record<string, unknown> }).memory
}

test('a dialog is begun with its options, continued, and begun again after its end', async () => {
  const client = new DialogTestClient('msteams', createDialog(), { a: 1 })
  expect(client.dialogContext).toBeNull()
  expect(client.dialogTurnResult).toBeUndefined()
  expect(client.conversationState).toBeInstanceOf(ConversationState)
  expect(await client.sendActivity('hi')).toMatchObject({
    type: 'message',
    text: 'begun with {"a":1}',
    channelId: 'msteams',
    conversation: { isGroup: false, id: 'Convo1', name: 'Convo1' },
    from: { id: 'bot', name: 'Bot' },
    recipient: { id: 'user1', name: 'User1' },
    replyToId: '0',
  })
  expect(client.dialogTurnResult).toEqual({ status: 'waiting' })
  expect(client.dialogContext).toBeInstanceOf(DialogContext)
  expect(client.dialogContext.stack).toMatchObject([{ id: 'steps' }])
  const answer = await client.sendActivity({ type: 'message', text: 'x' })
  expect(answer.text).toBe('second')
  expect(client.getNextReply().text).toBe('got x')
  expect(client.getNextReply()).toBeUndefined()
  expect(client.dialogTurnResult).toEqual({ status: 'complete', result: 'done' })
  expect((await client.sendActivity('again')).text).toBe('begun with {"a":1}')
})

test('a dialog is begun without options, by an empty text and by an event', async () => {
  expect((await new DialogTestClient('test', createDialog()).sendActivity('')).text).toBe('begun with {}')
  expect((await new DialogTestClient('test', createDialog()).sendActivity({ type: 'event' })).text).toContain('begun')
})

test('the turn belongs to the TestAdapter of v4, which can be driven by itself', async () => {
  const { _testAdapter: adapter } = inside(new DialogTestClient('test', createDialog()))
  expect(adapter).toBeInstanceOf(TestAdapter)
  await adapter.send('hi').assertReply('begun with {}').startTest()
})

test('state is saved under the key of the conversation, after the middlewares', async () => {
  const storage = new MemoryStorage()
  const seen: string[][] = []
  const look: Middleware = {
    onTurn: async (_context, next) => {
      await next()
      seen.push(Object.keys(storedIn(storage)))
    },
  }
  const state = new ConversationState(storage)
  const client = new DialogTestClient('test', createDialog(), undefined, [look], state)
  expect(client.conversationState).toBe(state)
  await client.sendActivity('hi')
  expect(seen).toEqual([[]])
  expect(Object.keys(storedIn(storage))).toEqual(['test/conversations/Convo1/'])
  expect(JSON.stringify(storedIn(storage))).toContain('DialogState')
})

test('a given adapter runs its own bot, with the middlewares of the client, and its state is its own', async () => {
  const order: string[] = []
  const adapter = new TestAdapter(async (context) => {
    order.push('bot')
    await inside(client)._callback(context)
  })
  const storage = new MemoryStorage()
  const note: Middleware = {
    onTurn: async (_context, next) => {
      order.push('middleware')
      await next()
    },
  }
  const client: DialogTestClient = new DialogTestClient(
    adapter,
    createDialog(),
    undefined,
    [note],
    new ConversationState(storage),
  )
  expect((await client.sendActivity('hi')).text).toBe('begun with {}')
  expect(order).toEqual(['middleware', 'bot'])
  expect(inside(client)._testAdapter).toBe(adapter)
  expect(storedIn(storage)).toEqual({})
})

test('a missing dialog is told in the first turn', async () => {
  const client = new DialogTestClient('test', undefined as unknown as Dialog)
  await expect(client.sendActivity('hi')).rejects.toThrow('DialogSet.add(): Invalid dialog being added.')
})

test('a channel without a name has no state', async () => {
  await expect(new DialogTestClient('', createDialog()).sendActivity('hi')).rejects.toThrow(
    'missing activity.channelId',
  )
})

test('what a dialog throws comes out', async () => {
  const broken = new WaterfallDialog('steps', [
    async () => {
      throw new Error('boom')
    },
  ])
  const client = new DialogTestClient('test', broken)
  await expect(client.sendActivity('hi')).rejects.toMatchObject({ name: 'DialogContextError', message: 'boom' })
  expect(client.dialogTurnResult).toEqual({ status: 'empty' })
})

test('the TestAdapter of v4 replays conversations of Parley', async () => {
  const adapter = new TestAdapter(async (context) => {
    await context.sendActivity(`you said ${context.activity.text}`)
  })
  const user = { id: 'u', name: 'U', role: 'user' }
  const said = { type: 'message', text: 'hi', from: user }
  await replayTranscript(adapter, [said, { type: 'message', text: 'you said hi', recipient: user }])
  const wrong = replayTranscript(adapter, [said, { type: 'message', text: 'no', recipient: user }])
  await expect(wrong).rejects.toThrow('activity 2: text is "you said hi", expected "no"')
})
