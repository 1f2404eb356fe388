import { TestAdapter } from '@parley/testing'
import { EmptyBot } from './bot.ts'

function testAdapter(): TestAdapter {
  const bot = new EmptyBot()
  return new TestAdapter((context) => bot.run(context))
}

test('a person who joins gets one hello', async () => {
  await testAdapter()
    .send({ type: 'conversationUpdate', membersAdded: [{ id: 'user1', name: 'Ann' }] })
    .assertReply('Hello')
    .assertNoReply(undefined, 20)
    .startTest()
})

test('the bot does not greet itself', async () => {
  await testAdapter()
    .send({ type: 'conversationUpdate', membersAdded: [{ id: 'bot', name: 'Bot' }] })
    .assertNoReply(undefined, 20)
    .startTest()
})

test('messages are left to you', async () => {
  await testAdapter().send('Hi there').assertNoReply(undefined, 20).startTest()
})
