const assert = require('assert')
const express = require('express')
const {
  ActivityHandler,
  AutoSaveStateMiddleware,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  MessageFactory,
  TestAdapter,
  TurnContext,
} = require('botbuilder')

const conversationState = new ConversationState(new MemoryStorage())
const count = conversationState.createProperty('count')

class CountingBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const current = (await count.get(context, 0)) + 1
      await count.set(context, current)
      await context.sendActivity(`${current}: ${context.activity.text}`)
      if (context.activity.text === 'choose')
        await context.sendActivity(MessageFactory.suggestedActions(['a', 'b'], 'Choose'))
      if (context.activity.text === 'fail') throw new Error('failed')
      await next()
    })
    this.onMembersAdded(async (context, next) => {
      await context.sendActivity('Welcome')
      await next()
    })
  }
}

const bot = new CountingBot()

/** What people write in their test files. */
async function selfTest() {
  const adapter = new TestAdapter((context) => bot.run(context))
  adapter.use(new AutoSaveStateMiddleware(conversationState))
  await adapter
    .test('hello', '1: hello', 'counts')
    .send('choose')
    .assertReply('2: choose')
    .assertReply((activity, description) => {
      assert.deepStrictEqual(
        activity.suggestedActions.actions.map(({ value }) => value),
        ['a', 'b'],
        description,
      )
      assert.strictEqual(activity.inputHint, 'acceptingInput')
    }, 'suggests')
    .send({ type: 'message', text: 'by activity' })
    .assertReplyOneOf(['x', '3: by activity'])
    .send({ type: 'conversationUpdate', membersAdded: [{ id: 'user1' }] })
    .assertReply('Welcome')
    .send({ type: 'event', name: 'nothing' })
    .assertNoReply('silent', 50)
    .startTest()

  const messages = []
  const second = new TestAdapter(async (context) => {
    messages.push(context.activity.text)
    await context.sendActivities([{ type: 'typing' }, { type: 'message', text: 'direct' }])
  })
  await second.receiveActivity('plain')
  assert.deepStrictEqual(messages, ['plain'])
  assert.deepStrictEqual(
    second.activeQueue.map(({ type }) => type),
    ['typing', 'message'],
  )
  assert.strictEqual(second.getNextReply().type, 'typing')
  const context = new TurnContext(second, second.makeActivity('made'))
  assert.strictEqual(context.activity.recipient.id, 'bot')
  await context.sendActivity('sent')
  assert.strictEqual(second.activeQueue[1].text, 'sent')

  let failure = 'none'
  await adapter
    .send('wrong')
    .assertReply('right')
    .startTest()
    .catch((error) => (failure = error.message))
  assert.match(failure, /4: wrong/)
  await assert.rejects(() => adapter.processActivity('fail'), /failed/)
  return 'all passed'
}

const app = express()
app.use(express.json())
const cloudAdapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
cloudAdapter.use(new AutoSaveStateMiddleware(conversationState))
app.post('/api/messages', (req, res) => cloudAdapter.process(req, res, (context) => bot.run(context)))
app.get('/self-test', async (_req, res) => {
  try {
    res.send(await selfTest())
  } catch (error) {
    res.status(500).send(error.stack)
  }
})
app.listen(process.env.PORT)
