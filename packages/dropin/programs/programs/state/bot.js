const restify = require('restify')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  UserState,
} = require('botbuilder')

const CONVERSATION_DATA_PROPERTY = 'conversationData'
const USER_PROFILE_PROPERTY = 'userProfile'

class StateManagementBot extends ActivityHandler {
  constructor(conversationState, userState) {
    super()
    this.conversationDataAccessor = conversationState.createProperty(CONVERSATION_DATA_PROPERTY)
    this.userProfileAccessor = userState.createProperty(USER_PROFILE_PROPERTY)
    this.conversationState = conversationState
    this.userState = userState

    this.onMessage(async (turnContext, next) => {
      const userProfile = await this.userProfileAccessor.get(turnContext, {})
      const conversationData = await this.conversationDataAccessor.get(turnContext, {
        promptedForUserName: false,
        messages: [],
      })
      if (turnContext.activity.text === 'forget me') {
        await this.userState.clear(turnContext)
        await turnContext.sendActivity('Forgotten.')
        return next()
      }
      if (turnContext.activity.text === 'restart') {
        await this.conversationState.delete(turnContext)
        await turnContext.sendActivity('A new beginning.')
        return next()
      }
      if (!userProfile.name) {
        if (conversationData.promptedForUserName) {
          userProfile.name = turnContext.activity.text
          await turnContext.sendActivity(`Thanks ${userProfile.name}.`)
          conversationData.promptedForUserName = false
        } else {
          await turnContext.sendActivity('What is your name?')
          conversationData.promptedForUserName = true
        }
      } else {
        conversationData.timestamp = turnContext.activity.timestamp.toLocaleString('en-GB', { timeZone: 'UTC' })
        conversationData.channelId = turnContext.activity.channelId
        conversationData.messages.push(turnContext.activity.text)
        await turnContext.sendActivity(`${userProfile.name} sent: ${conversationData.messages.join(', ')}`)
        await turnContext.sendActivity(`Message received at: ${conversationData.timestamp}`)
        await turnContext.sendActivity(`Message received from: ${conversationData.channelId}`)
      }
      await next()
    })
  }

  async run(context) {
    await super.run(context)
    await this.conversationState.saveChanges(context, false)
    await this.userState.saveChanges(context, false)
  }
}

const memory = {}
const storage = new MemoryStorage(memory)
const bot = new StateManagementBot(new ConversationState(storage), new UserState(storage))
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity('Oops.')
}
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.get('/memory', (req, res, next) => {
  res.send(Object.fromEntries(Object.entries(memory).map(([key, value]) => [key, JSON.parse(value)])))
  next()
})
server.listen(process.env.PORT)
