const express = require('express')
const {
  ActivityHandler,
  ChannelServiceRoutes,
  CloudAdapter,
  CloudSkillHandler,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  SkillConversationIdFactory,
} = require('botbuilder')
const { AuthenticationConfiguration, allowedCallersClaimsValidator } = require('botframework-connector')
const { SecretCredentialsFactory } = require('./credentials')

const { SkillAppId, SkillEndpoint, SkillHostEndpoint } = process.env
const skills = { [SkillAppId]: { id: 'Orders', appId: SkillAppId, skillEndpoint: SkillEndpoint } }
const auth = new ConfigurationBotFrameworkAuthentication(
  process.env,
  new SecretCredentialsFactory('root-app', 'root secret'),
  new AuthenticationConfiguration([], allowedCallersClaimsValidator(Object.keys(skills))),
)
const adapter = new CloudAdapter(auth)
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity(`Root failed: ${error.message}`)
}
const storage = new MemoryStorage()
const conversationState = new ConversationState(storage)
const isOrdering = conversationState.createProperty('isOrdering')
const conversationIdFactory = new SkillConversationIdFactory(storage)
const client = auth.createBotFrameworkClient()

const bot = new ActivityHandler()
bot.onMessage(async (context, next) => {
  if (context.activity.text !== 'order' && !(await isOrdering.get(context, false))) {
    await context.sendActivity('Say "order".')
    return next()
  }
  await isOrdering.set(context, true)
  await conversationState.saveChanges(context, true)
  const skill = skills[SkillAppId]
  const conversationId = await conversationIdFactory.createSkillConversationIdWithOptions({
    fromBotOAuthScope: context.turnState.get(context.adapter.OAuthScopeKey),
    fromBotId: 'root-app',
    activity: context.activity,
    botFrameworkSkill: skill,
  })
  const response = await client.postActivity(
    'root-app',
    skill.appId,
    skill.skillEndpoint,
    SkillHostEndpoint,
    conversationId,
    context.activity,
  )
  if (response.status !== 200) await context.sendActivity(`The skill answered ${response.status}.`)
  await next()
})
bot.onEndOfConversation(async (context, next) => {
  await isOrdering.set(context, false)
  await context.sendActivity(`Ordered: ${JSON.stringify(context.activity.value)}, caller ${context.activity.callerId}`)
  await next()
})

const run = async (context) => {
  await bot.run(context)
  await conversationState.saveChanges(context)
}
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, run))
new ChannelServiceRoutes(new CloudSkillHandler(adapter, run, conversationIdFactory, auth)).register(app, '/api/skills')
app.listen(process.env.PORT)
