const restify = require('restify')
const {
  ActionTypes,
  ActivityHandler,
  MessageFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
} = require('botbuilder')

class SuggestedActionsBot extends ActivityHandler {
  constructor() {
    super()
    this.onMembersAdded(async (context, next) => {
      await this.sendWelcomeMessage(context)
      await next()
    })
    this.onMessage(async (context, next) => {
      const { text } = context.activity
      const validColors = ['Red', 'Blue', 'Yellow']
      if (validColors.includes(text)) await context.sendActivity(`I agree, ${text} is the best color.`)
      else await context.sendActivity('Please select a color.')
      await this.sendSuggestedActions(context)
      await next()
    })
  }

  async sendWelcomeMessage(turnContext) {
    const { activity } = turnContext
    for (const member of activity.membersAdded) {
      if (member.id !== activity.recipient.id) {
        await turnContext.sendActivity(`Welcome, ${member.name}. Please choose.`)
        await turnContext.sendActivity(
          MessageFactory.suggestedActions(['Red', 'Blue'], 'Or just these', undefined, 'ignoringInput'),
        )
      }
    }
  }

  async sendSuggestedActions(turnContext) {
    const cardActions = [
      {
        type: ActionTypes.PostBack,
        title: 'Red',
        value: 'Red',
        image: 'https://example.com/red.png',
        imageAltText: 'R',
      },
      { type: ActionTypes.ImBack, title: 'Blue', value: 'Blue' },
      {
        type: ActionTypes.MessageBack,
        title: 'Yellow',
        value: { color: 'yellow' },
        text: 'Yellow',
        displayText: 'Sun',
      },
    ]
    const reply = MessageFactory.suggestedActions(cardActions, 'What is the best color?')
    reply.suggestedActions.to = [turnContext.activity.from.id]
    await turnContext.sendActivity(reply)
  }
}

const botFrameworkAuthentication = new ConfigurationBotFrameworkAuthentication(process.env)
const adapter = new CloudAdapter(botFrameworkAuthentication)
const bot = new SuggestedActionsBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  // Route received a request to adapter for processing
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.port || process.env.PORT || 3978, function () {})
