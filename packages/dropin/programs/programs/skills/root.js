const restify = require('restify')
const {
  ActivityHandler,
  ActivityTypes,
  ChannelServiceRoutes,
  CloudAdapter,
  CloudSkillHandler,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  DeliveryModes,
  MemoryStorage,
  SkillConversationIdFactory,
} = require('botbuilder')

const skill = { id: 'EchoSkill', appId: process.env.SkillAppId, skillEndpoint: process.env.SkillEndpoint }
const rootAppId = process.env.RootAppId
const ACTIVE_SKILL = 'activeSkill'

class RootBot extends ActivityHandler {
  constructor(conversationState, conversationIdFactory, botFrameworkAuthentication) {
    super()
    this.conversationState = conversationState
    this.conversationIdFactory = conversationIdFactory
    this.botFrameworkClient = botFrameworkAuthentication.createBotFrameworkClient()
    this.activeSkillProperty = conversationState.createProperty(ACTIVE_SKILL)

    this.onTurn(async (context, next) => {
      if (context.activity.type === ActivityTypes.Message && (await this.activeSkillProperty.get(context))) {
        await this.sendToSkill(context)
        return
      }
      await next()
    })
    this.onMessage(async (context, next) => {
      if (context.activity.text.toLowerCase() === 'skill') {
        await context.sendActivity('Got it, connecting you to the skill...')
        await this.activeSkillProperty.set(context, skill.id)
        await this.sendToSkill(context)
      } else if (context.activity.text === 'at once') {
        await this.askAtOnce(context)
      } else await context.sendActivity("Me no nothin'. Say 'skill' and I'll patch you through")
      await next()
    })
    this.onEndOfConversation(async (context, next) => {
      await this.activeSkillProperty.delete(context)
      let eocActivityMessage = `Received ${ActivityTypes.EndOfConversation}. Code: ${context.activity.code}`
      if (context.activity.text) eocActivityMessage += ` Text: ${context.activity.text}`
      if (context.activity.value) eocActivityMessage += ` Value: ${JSON.stringify(context.activity.value)}`
      await context.sendActivity(eocActivityMessage)
      await context.sendActivity("Back in the root bot. Say 'skill' and I'll patch you through")
      await next()
    })
    this.onEvent(async (context, next) => {
      await context.sendActivity(
        `event of the skill: ${context.activity.name} ${JSON.stringify(context.activity.value)}`,
      )
      await next()
    })
  }

  async run(context) {
    await super.run(context)
    await this.conversationState.saveChanges(context, false)
  }

  createId(context) {
    return this.conversationIdFactory.createSkillConversationIdWithOptions({
      fromBotOAuthScope: context.turnState.get(context.adapter.OAuthScopeKey),
      fromBotId: rootAppId,
      activity: context.activity,
      botFrameworkSkill: skill,
    })
  }

  async sendToSkill(context) {
    // The skill may answer in another process before this turn ends.
    await this.conversationState.saveChanges(context, true)
    const skillConversationId = await this.createId(context)
    const response = await this.botFrameworkClient.postActivity(
      rootAppId,
      skill.appId,
      skill.skillEndpoint,
      process.env.SkillHostEndpoint,
      skillConversationId,
      context.activity,
    )
    if (!(response.status >= 200 && response.status <= 299)) {
      throw new Error(`[RootBot]: Error invoking the skill: status is ${response.status}`)
    }
  }

  async askAtOnce(context) {
    const activity = { ...context.activity, deliveryMode: DeliveryModes.ExpectReplies }
    const response = await this.botFrameworkClient.postActivity(
      rootAppId,
      skill.appId,
      skill.skillEndpoint,
      process.env.SkillHostEndpoint,
      await this.createId(context),
      activity,
    )
    for (const reply of response.body.activities) await context.sendActivity(reply)
    await context.sendActivity(`still in ${activity.conversation.id}`)
  }
}

const auth = new ConfigurationBotFrameworkAuthentication(process.env)
const adapter = new CloudAdapter(auth)
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity(`The bot encountered an error: ${error.message}`)
}
const storage = new MemoryStorage()
const conversationState = new ConversationState(storage)
const conversationIdFactory = new SkillConversationIdFactory(storage)
const bot = new RootBot(conversationState, conversationIdFactory, auth)

const server = restify.createServer({ maxParamLength: 1000 })
server.use(restify.plugins.bodyParser())
server.use(restify.plugins.queryParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
const handler = new CloudSkillHandler(adapter, (context) => bot.run(context), conversationIdFactory, auth)
const skillEndpoint = new ChannelServiceRoutes(handler)
skillEndpoint.register(server, '/api/skills')
server.listen(process.env.PORT)
