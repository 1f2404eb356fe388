import type { TurnContext } from '@parley/core'
import { TestAdapter } from '@parley/sdk-v4/core'
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

test('a client for dialogs is refused, with what to test with instead', () => {
  expect(() => new DialogTestClient('test', undefined as never)).toThrow(
    expect.objectContaining({ code: 'DROPIN_UNSUPPORTED', message: expect.stringContaining('TestAdapter') }),
  )
})
