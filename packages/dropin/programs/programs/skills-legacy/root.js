const express = require('express')
const {
  ActivityHandler,
  ActivityTypes,
  BotFrameworkAdapter,
  ChannelServiceRoutes,
  ConversationState,
  MemoryStorage,
  SkillConversationIdFactoryBase,
  SkillHandler,
  SkillHttpClient,
  TurnContext,
} = require('botbuilder')
const { AuthenticationConfiguration, SimpleCredentialProvider } = require('botframework-connector')

/** Ids as older bots made them. */
class OwnConversationIdFactory extends SkillConversationIdFactoryBase {
  constructor() {
    super()
    this.references = {}
  }

  async createSkillConversationIdWithOptions(options) {
    const conversationReference = TurnContext.getConversationReference(options.activity)
    const id = `${conversationReference.conversation.id}-${options.botFrameworkSkill.id}-skill`
    this.references[id] = { conversationReference, oAuthScope: options.fromBotOAuthScope }
    return id
  }

  async getSkillConversationReference(skillConversationId) {
    return this.references[skillConversationId]
  }

  async deleteConversationReference(skillConversationId) {
    delete this.references[skillConversationId]
  }
}

const adapter = new BotFrameworkAdapter({
  appId: process.env.MicrosoftAppId,
  appPassword: process.env.MicrosoftAppPassword,
})
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity(`Error: ${error.message}`)
}
const credentialProvider = new SimpleCredentialProvider('', '')
const conversationState = new ConversationState(new MemoryStorage())
const conversationIdFactory = new OwnConversationIdFactory()
const skillClient = new SkillHttpClient(credentialProvider, conversationIdFactory)
const skill = { id: 'old', appId: 'skill-app', skillEndpoint: process.env.SkillEndpoint }

class RootBot extends ActivityHandler {
  constructor() {
    super()
    this.active = conversationState.createProperty('active')
    this.onMessage(async (context, next) => {
      if (context.activity.text === 'skill' || (await this.active.get(context, false))) {
        await this.active.set(context, true)
        await conversationState.saveChanges(context, true)
        const response = await skillClient.postToSkill(
          process.env.MicrosoftAppId || '',
          skill,
          process.env.SkillHostEndpoint,
          context.activity,
        )
        if (response.status !== 200) throw new Error(`the skill answered ${response.status}`)
      } else await context.sendActivity('root')
      await next()
    })
    this.onEndOfConversation(async (context, next) => {
      await this.active.set(context, false)
      await context.sendActivity(`ended with ${context.activity.code}`)
      await next()
    })
  }

  async run(context) {
    await super.run(context)
    await conversationState.saveChanges(context)
  }
}

const bot = new RootBot()
const app = express()
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
const handler = new SkillHandler(
  adapter,
  bot,
  conversationIdFactory,
  credentialProvider,
  new AuthenticationConfiguration(),
)
new ChannelServiceRoutes(handler).register(app, '/api/skills')
app.use((error, req, res, next) => {
  console.error(error)
  next(error)
})
app.listen(process.env.PORT)
