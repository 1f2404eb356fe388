const express = require('express')
const {
  AutoSaveStateMiddleware,
  BotStateSet,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  PrivateConversationState,
  UserState,
  useBotState,
} = require('botbuilder')

const storage = new MemoryStorage()
const conversationState = new ConversationState(storage, 'ns')
const userState = new UserState(storage)
const privateState = new PrivateConversationState(storage)
const turns = conversationState.createProperty('turns')
const points = userState.createProperty('points')
const notes = privateState.createProperty('notes')

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
adapter.use(new AutoSaveStateMiddleware(conversationState).add(userState))
useBotState(adapter, conversationState, userState)
adapter.use(async (context, next) => {
  const set = new BotStateSet(privateState)
  await set.loadAll(context)
  await next()
  await set.saveAllChanges(context)
})
adapter.onTurnError = async (context, error) => {
  await context.sendActivity(`Failed: ${error.message}`)
}

async function onTurn(context) {
  if (context.activity.type !== 'message') return
  const count = (await turns.get(context, 0)) + 1
  await turns.set(context, count)
  const score = await points.get(context, { total: 0 })
  score.total += 10
  if (context.activity.text === 'fail') throw new Error('as asked')
  if (context.activity.text.startsWith('note ')) {
    const kept = await notes.get(context, [])
    kept.push(context.activity.text.slice(5))
  }
  if (context.activity.text === 'drop notes') await notes.delete(context)
  const registered = context.turnState.get('ConversationState') === conversationState
  const mine = JSON.stringify(await notes.get(context))
  await context.sendActivity(`turn ${count}, ${score.total} points, notes ${mine}, registered ${registered}`)
}

const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, onTurn))
app.get('/keys', async (_req, res) => {
  const keys = ['test/conversations/c/ns', 'test/users/user1/', 'test/conversations/c/users/user1/']
  res.json(await storage.read(keys))
})
app.listen(process.env.PORT)
