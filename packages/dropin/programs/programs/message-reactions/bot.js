const restify = require('restify')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MemoryStorage,
  MessageFactory,
} = require('botbuilder')

class ActivityLog {
  constructor(storage) {
    this.storage = storage
  }

  async append(activityId, activity) {
    if (!activityId) throw new TypeError('activityId is required')
    await this.storage.write({ [activityId]: { activity } })
  }

  async find(activityId) {
    const items = await this.storage.read([activityId])
    return (items && items[activityId] && items[activityId].activity) || null
  }
}

class MessageReactionBot extends ActivityHandler {
  constructor(activityLog) {
    super()
    this.log = activityLog
    this.onMessage(async (context, next) => {
      await this.sendMessageAndLogActivityId(context, `echo: ${context.activity.text}`)
      await next()
    })
    this.onReactionsAdded(async (context, next) => {
      await this.answer(context, context.activity.reactionsAdded, 'added')
      await next()
    })
    this.onReactionsRemoved(async (context, next) => {
      await this.answer(context, context.activity.reactionsRemoved, 'removed')
      await next()
    })
    this.onMessageReaction(async (context, next) => {
      console.log('any reaction')
      await next()
    })
  }

  async answer(context, reactions, what) {
    for (const { type } of reactions) {
      const resulting = await this.log.find(context.activity.replyToId)
      const text = resulting
        ? `You ${what} '${type}' regarding '${resulting.text}'`
        : `Activity ${context.activity.replyToId} not found in the log.`
      await this.sendMessageAndLogActivityId(context, text)
    }
  }

  async sendMessageAndLogActivityId(context, text) {
    const replyActivity = MessageFactory.text(text)
    const resourceResponse = await context.sendActivity(replyActivity)
    await this.log.append(resourceResponse.id, replyActivity)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new MessageReactionBot(new ActivityLog(new MemoryStorage()))
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
