const path = require('path')
const restify = require('restify')
const {
  ActionTypes,
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationServiceClientCredentialFactory,
  MemoryStorage,
  UserState,
  createBotFrameworkAuthenticationFromConfiguration,
} = require('botbuilder')

const WELCOMED_USER = 'welcomedUserProperty'

class WelcomeBot extends ActivityHandler {
  constructor(userState) {
    super()
    this.welcomedUserProperty = userState.createProperty(WELCOMED_USER)
    this.userState = userState

    this.onMessage(async (context, next) => {
      const didBotWelcomedUser = await this.welcomedUserProperty.get(context, false)
      if (didBotWelcomedUser === false) {
        const userName = context.activity.from.name
        await context.sendActivity(
          'You are seeing this message because this was your first message ever sent to this bot.',
        )
        await context.sendActivity(`It is a good practice to welcome the user, ${userName}.`)
        await this.welcomedUserProperty.set(context, true)
      } else {
        const text = context.activity.text.toLowerCase()
        switch (text) {
          case 'hello':
          case 'hi':
            await context.sendActivity(`You said "${context.activity.text}"`)
            break
          case 'intro':
          case 'help':
            await this.sendIntroCard(context)
            break
          default:
            await context.sendActivity('Say "help" to see the introduction card.')
        }
      }
      await next()
    })

    this.onMembersAdded(async (context, next) => {
      for (const idx in context.activity.membersAdded) {
        if (context.activity.membersAdded[idx].id !== context.activity.recipient.id) {
          await context.sendActivity('Welcome to the bot.')
          await context.sendActivity("You can say 'hello' or 'help'.", 'You can say hello or help', 'expectingInput')
        }
      }
      await next()
    })

    this.onMembersRemoved(async (context, next) => {
      const gone = context.activity.membersRemoved.map((member) => member.name).join(', ')
      await context.sendActivity({ type: 'message', text: `Goodbye ${gone}` })
      await next()
    })
  }

  async run(context) {
    await super.run(context)
    await this.userState.saveChanges(context)
  }

  async sendIntroCard(context) {
    const card = CardFactory.heroCard(
      'Welcome!',
      'This card introduces the bot.',
      ['https://example.com/welcome.png'],
      [
        { type: ActionTypes.OpenUrl, title: 'Get an overview', value: 'https://example.com/overview' },
        { type: ActionTypes.OpenUrl, title: 'Ask a question', value: 'https://example.com/ask' },
      ],
    )
    await context.sendActivity({ attachments: [card] })
  }
}

const credentialsFactory = new ConfigurationServiceClientCredentialFactory({
  MicrosoftAppId: process.env.MicrosoftAppId,
  MicrosoftAppPassword: process.env.MicrosoftAppPassword,
  MicrosoftAppType: process.env.MicrosoftAppType,
  MicrosoftAppTenantId: process.env.MicrosoftAppTenantId,
})
const adapter = new CloudAdapter(createBotFrameworkAuthenticationFromConfiguration(null, credentialsFactory))
const memoryStorage = new MemoryStorage()
const userState = new UserState(memoryStorage)
const bot = new WelcomeBot(userState)

const server = restify.createServer({ name: path.basename(__dirname) })
server.use(restify.plugins.bodyParser())
server.listen(process.env.port || process.env.PORT || 3978, () => {
  console.log(`\n${server.name} listening to ${server.url}`)
})
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
