const restify = require('restify')
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext } = require('botbuilder')

class ProactiveBot extends ActivityHandler {
  constructor(conversationReferences) {
    super()
    this.conversationReferences = conversationReferences
    this.onConversationUpdate(async (context, next) => {
      this.addConversationReference(context.activity)
      await next()
    })
    this.onMembersAdded(async (context, next) => {
      for (const member of context.activity.membersAdded) {
        if (member.id !== context.activity.recipient.id) {
          await context.sendActivity('Welcome. Navigate to /api/notify to proactively message everyone.')
        }
      }
      await next()
    })
    this.onMessage(async (context, next) => {
      this.addConversationReference(context.activity)
      await context.sendActivity(`You sent '${context.activity.text}'`)
      await next()
    })
  }

  addConversationReference(activity) {
    const conversationReference = TurnContext.getConversationReference(activity)
    // As if it was kept in a database.
    this.conversationReferences[conversationReference.conversation.id] = JSON.stringify(conversationReference)
  }
}

const conversationReferences = {}
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const bot = new ProactiveBot(conversationReferences)
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.use(restify.plugins.queryParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.get('/api/notify', async (req, res) => {
  const turns = []
  for (const stored of Object.values(conversationReferences)) {
    await adapter.continueConversationAsync(process.env.MicrosoftAppId || '', JSON.parse(stored), async (context) => {
      const { type, name, conversation, channelId, from, recipient, relatesTo } = context.activity
      turns.push({ type, name, conversation, channelId, from, recipient, hasRelatesTo: !!relatesTo })
      await context.sendActivity(req.query.text || 'proactive hello')
    })
  }
  res.setHeader('Content-Type', 'application/json')
  res.writeHead(200)
  res.write(JSON.stringify(turns))
  res.end()
})
server.listen(process.env.PORT)
