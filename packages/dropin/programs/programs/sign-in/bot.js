const restify = require('restify')
const {
  ActivityHandler,
  CardFactory,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  tokenExchangeOperationName,
  tokenResponseEventName,
  verifyStateOperationName,
} = require('botbuilder')

const connectionName = process.env.ConnectionName

class SignInBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const userTokenClient = context.turnState.get(context.adapter.UserTokenClientKey)
      const { activity } = context
      const { from, channelId, text } = activity
      if (text === 'logout') {
        await userTokenClient.signOutUser(from.id, connectionName, channelId)
        await context.sendActivity('You have been signed out.')
      } else if (text === 'status') {
        const statuses = await userTokenClient.getTokenStatus(from.id, channelId, '')
        await context.sendActivity(statuses.map((status) => `${status.connectionName}: ${status.hasToken}`).join())
      } else if (text === 'aad') {
        const tokens = await userTokenClient.getAadTokens(
          from.id,
          connectionName,
          ['https://graph.example.com'],
          channelId,
        )
        await context.sendActivity(tokens['https://graph.example.com'].token)
      } else await this.login(context, userTokenClient, /^\d{6}$/.test(text) ? text : '')
      await next()
    })
    this.onTokenResponseEvent(async (context, next) => {
      await context.sendActivity(`${tokenResponseEventName}: ${context.activity.value.token}`)
      await next()
    })
  }

  async login(context, userTokenClient, magicCode) {
    const { from, channelId } = context.activity
    const tokenResponse = await userTokenClient.getUserToken(from.id, connectionName, channelId, magicCode)
    if (tokenResponse && tokenResponse.token) {
      await context.sendActivity(`Your token is ${tokenResponse.token}, until ${tokenResponse.expiration}`)
      return
    }
    const resource = { id: 'x-1', uri: 'api://app', providerId: 'p' }
    const card = CardFactory.oauthCard(
      connectionName,
      'Sign in',
      'Please sign in',
      'https://example.com/signin',
      resource,
    )
    await context.sendActivity(MessageFactory.attachment(card))
  }

  async onInvokeActivity(context) {
    const userTokenClient = context.turnState.get(context.adapter.UserTokenClientKey)
    const { name, value, from, channelId } = context.activity
    if (name === verifyStateOperationName) {
      const response = await userTokenClient.getUserToken(from.id, connectionName, channelId, value.state)
      return response && response.token ? { status: 200 } : { status: 404 }
    }
    if (name === tokenExchangeOperationName) {
      try {
        const request = { token: value.token }
        const response = await userTokenClient.exchangeToken(from.id, connectionName, channelId, request)
        if (!response || !response.token) throw new Error('no token came back')
        await context.sendActivity(`exchanged for ${response.token}`)
        return { status: 200, body: { id: value.id, connectionName } }
      } catch (error) {
        return { status: 412, body: { id: value.id, connectionName, failureDetail: error.message } }
      }
    }
    return super.onInvokeActivity(context)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.onTurnError = async (context, error) => {
  console.error(error)
  await context.sendActivity(`Sorry: ${error.message}`)
}
const bot = new SignInBot()
const server = restify.createServer()
server.use(restify.plugins.bodyParser())
server.post('/api/messages', async (req, res) => {
  await adapter.process(req, res, (context) => bot.run(context))
})
server.listen(process.env.PORT)
