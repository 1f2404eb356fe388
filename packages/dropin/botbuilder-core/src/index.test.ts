import * as core from '@parley/botbuilder-core'
import { TurnContext as deep } from '@parley/botbuilder-core/lib/turnContext'
import { TurnContext } from '@parley/sdk-v4/core'
import { ActivityTypes } from '@parley/sdk-v4/schema'

test('has the schema, which bots take from it', () => {
  expect(core.ActivityTypes).toBe(ActivityTypes)
})

test('has one TurnContext with all drop-ins', () => {
  expect(core.TurnContext).toBe(TurnContext)
})

test('paths into lib/ give the same objects as the package', () => {
  expect(deep).toBe(core.TurnContext)
})

test('runs a bot as its users write them', async () => {
  const { ActivityHandler, ConversationState, MemoryStorage, MessageFactory, TestAdapter } = core
  const state = new ConversationState(new MemoryStorage())
  const count = state.createProperty<number>('count')
  const bot = new ActivityHandler()
    .onMessage(async (context, next) => {
      const number = (await count.get(context, 0)) + 1
      await count.set(context, number)
      await context.sendActivity(MessageFactory.text(`${number}: ${context.activity.text}`))
      await next()
    })
    .onMembersAdded(async (context, next) => {
      await context.sendActivity('welcome')
      await next()
    })
  const adapter = new TestAdapter(async (context) => {
    await bot.run(context)
    await state.saveChanges(context)
  })
  await adapter
    .send({ type: ActivityTypes.ConversationUpdate, membersAdded: [{ id: 'user1', name: 'User1' }] })
    .assertReply('welcome')
    .test('hi', '1: hi')
    .test('ho', '2: ho')
})
