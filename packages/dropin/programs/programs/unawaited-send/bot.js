const restify = require('restify')
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')

class HastyBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      if (context.activity.text === 'fail') {
        context.sendActivities([])
        context.sendActivity('before the end')
        return next()
      }
      context.sendActivity('one')
      context.sendActivity('two').then(() => context.sendActivity('three'))
      await next()
    })
    this.onMembersAdded((context) => {
      context.activity.membersAdded.forEach(async (member) => {
        if (member.id !== context.activity.recipient.id) {
          await context.sendActivity(`Hello, ${member.name}`)
          await context.sendActivity('How can I help?')
        }
      })
    })
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const bot = new HastyBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
