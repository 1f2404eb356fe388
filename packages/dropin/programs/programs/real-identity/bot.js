const restify = require('restify')
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext } = require('botbuilder')
const { JwtTokenValidation } = require('botframework-connector')
const { SecretCredentials, SecretCredentialsFactory } = require('./secret-credentials')

const { MicrosoftAppId, MicrosoftAppPassword } = process.env
const auth = new ConfigurationBotFrameworkAuthentication(
  process.env,
  new SecretCredentialsFactory(MicrosoftAppId, MicrosoftAppPassword),
)
const adapter = new CloudAdapter(auth)
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity(`Sorry: ${error.message}`)
}
let reference

class GuardedBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      reference = TurnContext.getConversationReference(context.activity)
      if (context.activity.text === 'who') {
        const identity = context.turnState.get(context.adapter.BotIdentityKey)
        const appId = JwtTokenValidation.getAppIdFromClaims(identity.claims)
        await context.sendActivity(
          JSON.stringify({
            isAuthenticated: identity.isAuthenticated,
            audience: identity.getClaimValue('aud'),
            appId: appId || null,
            callerId: context.activity.callerId,
            scope: context.turnState.get(context.adapter.OAuthScopeKey),
          }),
        )
      } else if (context.activity.text === 'signin') {
        const userTokenClient = context.turnState.get(context.adapter.UserTokenClientKey)
        const resource = await userTokenClient.getSignInResource('graph', context.activity, 'https://example.com/done')
        await context.sendActivity(resource.signInLink)
      } else await context.sendActivity(`Echo: ${context.activity.text}`)
      await next()
    })
  }
}

const bot = new GuardedBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.get('/api/notify', async (req, res) => {
  await adapter.continueConversationAsync(MicrosoftAppId, reference, async (context) => {
    // A message of its own, not a reply to the event that this turn has for an activity.
    context.activity.id = undefined
    await context.sendActivity('On my own account.')
  })
  res.send({ tokenRequests: SecretCredentials.requests })
})
server.listen(process.env.PORT)
