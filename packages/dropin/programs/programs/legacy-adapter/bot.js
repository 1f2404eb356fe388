const restify = require('restify')
const {
  ActivityHandler,
  BotFrameworkAdapter,
  ConversationState,
  MemoryStorage,
  MessageFactory,
  TurnContext,
} = require('botbuilder')

const adapter = new BotFrameworkAdapter({
  appId: process.env.MicrosoftAppId,
  appPassword: process.env.MicrosoftAppPassword,
})
adapter.onTurnError = async (context, error) => {
  console.error(`[onTurnError] ${error.message}`)
  await context.sendTraceActivity(
    'OnTurnError Trace',
    `${error}`,
    'https://www.botframework.com/schemas/error',
    'TurnError',
  )
  await context.sendActivity('The bot encountered an error or bug.')
}

const conversationState = new ConversationState(new MemoryStorage())
const counter = conversationState.createProperty('counter')
let stored

class LegacyBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      stored = TurnContext.getConversationReference(context.activity)
      const count = (await counter.get(context, 0)) + 1
      await counter.set(context, count)
      const command = context.activity.text
      if (command === 'members') {
        const members = await context.adapter.getConversationMembers(context)
        await context.sendActivity(members.map(({ name }) => name).join(', '))
      } else if (command === 'edit') {
        const { id } = await context.sendActivity('draft')
        await context.updateActivity({ ...MessageFactory.text('final'), id })
        await context.deleteActivity(id)
      } else if (command === 'fail') {
        throw new Error('as asked')
      } else if (command === 'new') {
        await context.adapter.createConversation(stored, async (inner) => {
          await inner.sendActivity(`A new one: ${inner.activity.conversation.id}`)
        })
      } else if (command === 'token') {
        const token = await context.adapter.getUserToken(context, 'a-connection')
        await context.sendActivity(token ? token.token : 'no token')
      } else await context.sendActivity(`${count}: ${command}`)
      await next()
    })
    this.onMembersAdded(async (context, next) => {
      await context.sendActivity(`Hello, ${context.activity.conversation.tenantId || 'stranger'}`)
      await next()
    })
  }

  async run(context) {
    await super.run(context)
    await conversationState.saveChanges(context, false)
  }

  async onInvokeActivity(context) {
    if (context.activity.name === 'mine') return { status: 200, body: { mine: true } }
    return super.onInvokeActivity(context)
  }
}

const bot = new LegacyBot()
const server = restify.createServer()
server.use(restify.plugins.queryParser())
server.post('/api/messages', (req, res, next) => {
  adapter
    .processActivity(req, res, async (context) => {
      await bot.run(context)
    })
    .catch((error) => console.log(`processActivity rejected: ${error.message.split('\n')[0]}`))
    .then(() => next())
})
server.get('/api/notify', async (req, res) => {
  await adapter.continueConversation(stored, async (turnContext) => {
    await turnContext.sendActivity(`Still there, ${turnContext.activity.from.name}?`)
  })
  res.send('done')
})
server.listen(process.env.PORT)
