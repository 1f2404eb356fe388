// What the generator of SDK v4 made, and what people then did to it.
const path = require('path')
const restify = require('restify')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationServiceClientCredentialFactory,
  MessageFactory,
  RegisterClassMiddleware,
  TurnContext,
  createBotFrameworkAuthenticationFromConfiguration,
} = require('botbuilder')

const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.listen(process.env.port || process.env.PORT || 3978, () => {
  console.log(`\n${path.basename(__filename)} listening to ${server.url}`)
})

const credentialsFactory = new ConfigurationServiceClientCredentialFactory({
  MicrosoftAppId: process.env.MicrosoftAppId,
  MicrosoftAppPassword: process.env.MicrosoftAppPassword,
  MicrosoftAppType: process.env.MicrosoftAppType,
  MicrosoftAppTenantId: process.env.MicrosoftAppTenantId,
})
const botFrameworkAuthentication = createBotFrameworkAuthenticationFromConfiguration(null, credentialsFactory)
const adapter = new CloudAdapter(botFrameworkAuthentication)
const onTurnErrorHandler = async (context, error) => {
  console.error(`\n [onTurnError] unhandled error: ${error}`)
  await context.sendTraceActivity(
    'OnTurnError Trace',
    `${error}`,
    'https://www.botframework.com/schemas/error',
    'TurnError',
  )
  await context.sendActivity('The bot encountered an error or bug.')
  await context.sendActivity('To continue to run this bot, please fix the bot source code.')
}
adapter.onTurnError = onTurnErrorHandler

class Greeter {
  greet(name) {
    return `Hello, ${name}`
  }
}
adapter.use(new RegisterClassMiddleware(new Greeter(), 'greeter'))
adapter.use(async (context, next) => {
  // Properties of one's own on the context, and a text made the same for all handlers.
  context.startedAt = Date.now()
  context.reply = (text) => context.sendActivity(MessageFactory.text(text))
  if (context.activity.text) context.activity.text = context.activity.text.trim().toLowerCase()
  await next()
})

class EchoBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const { text } = context.activity
      if (text === 'context') {
        const copy = new TurnContext(context)
        await context.reply(
          [
            context instanceof TurnContext,
            context.adapter === adapter,
            typeof context.startedAt,
            copy.activity === context.activity,
            context.turnState.get('greeter').greet('you'),
            context.locale,
            context.responded,
          ].join(' | '),
        )
        await context.reply(`copy, responded ${copy.responded}`)
      } else if (text === 'fail') {
        await this.missing(context)
      } else if (text === 'keep') {
        this.kept = context
        await context.reply('kept')
      } else if (text === 'kept') {
        let what = 'usable'
        try {
          what = `usable: ${this.kept.activity.text}`
        } catch (error) {
          what = error.name
        }
        await context.reply(what)
      } else await context.sendActivity(MessageFactory.text(`Echo: ${text}`, `Echo: ${text}`))
      await next()
    })
  }
}

const myBot = new EchoBot()
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => myBot.run(context))
})

// Listen for Upgrade requests for Streaming.
server.on('upgrade', async (req, socket, head) => {
  const streamingAdapter = new CloudAdapter(botFrameworkAuthentication)
  streamingAdapter.onTurnError = onTurnErrorHandler
  await streamingAdapter.process(req, socket, head, (context) => myBot.run(context))
})
