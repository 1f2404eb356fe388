const express = require('express')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  InspectionMiddleware,
  InspectionState,
  MemoryStorage,
  UserState,
} = require('botbuilder')
const { MicrosoftAppCredentials } = require('botframework-connector')

const memoryStorage = new MemoryStorage()
const inspectionState = new InspectionState(memoryStorage)
const userState = new UserState(memoryStorage)
const conversationState = new ConversationState(memoryStorage)
const credentials = new MicrosoftAppCredentials(
  process.env.MicrosoftAppId || '',
  process.env.MicrosoftAppPassword || '',
)

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.use(new InspectionMiddleware(inspectionState, userState, conversationState, credentials))
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity('Sorry, it looks like something went wrong!')
}

class IntersectionBot extends ActivityHandler {
  constructor() {
    super()
    this.visits = conversationState.createProperty('visits')
    this.customers = userState.createProperty('customer')
    this.onMessage(async (context, next) => {
      const visits = await this.visits.get(context, { count: 0 })
      const customer = await this.customers.get(context, { spent: 0 })
      visits.count += 1
      customer.spent += 10
      await context.sendActivity(`Echo: ${context.activity.text} count: ${visits.count} spent: ${customer.spent}`)
      await conversationState.saveChanges(context)
      await userState.saveChanges(context)
      await next()
    })
  }
}

const bot = new IntersectionBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
