import { TestAdapter } from '@parley/testing'
import { EchoBot } from './bot.ts'

function testAdapter(): TestAdapter {
  const bot = new EchoBot()
  return new TestAdapter((context) => bot.run(context))
}

test('what a person says is said back', async () => {
  await testAdapter().test('Hi there', 'Echo: Hi there').startTest()
})

test('a message without text gets an explanation instead of an empty echo', async () => {
  const image = { contentType: 'image/png', contentUrl: 'https://example.com/cat.png' }
  await testAdapter()
    .send({ type: 'message', attachments: [image] })
    .assertReply('I can only echo text.')
    .startTest()
})

test('a person who joins is welcomed once', async () => {
  await testAdapter()
    .send({ type: 'conversationUpdate', membersAdded: [{ id: 'user1', name: 'Ann' }] })
    .assertReply('Hello and welcome!')
    .assertNoReply()
    .startTest()
})

test('the bot does not welcome itself', async () => {
  await testAdapter()
    .send({ type: 'conversationUpdate', membersAdded: [{ id: 'bot', name: 'Bot' }] })
    .assertNoReply()
    .startTest()
})
