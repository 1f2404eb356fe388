const restify = require('restify')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
} = require('botbuilder')

const conversationState = new ConversationState(new MemoryStorage())
const heard = conversationState.createProperty('heard')

class SlowBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const list = await heard.get(context, [])
      // Those who came first have the longest to do.
      await new Promise((resolve) => setTimeout(resolve, 300 - 50 * Number(context.activity.text)))
      list.push(context.activity.text)
      await context.sendActivity(list.join(' '))
      await next()
    })
  }

  async run(context) {
    await super.run(context)
    await conversationState.saveChanges(context)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new SlowBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
