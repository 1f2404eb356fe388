const express = require('express')
const {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MemoryStorage,
  TeamsActivityHandler,
  TeamsSSOTokenExchangeMiddleware,
} = require('botbuilder')

class SsoBot extends TeamsActivityHandler {
  async handleTeamsSigninTokenExchange(context, query) {
    await context.sendActivity(`signed in with exchange ${query.id}`)
  }

  async handleTeamsSigninVerifyState(context, query) {
    await context.sendActivity(`state ${query.state}`)
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
adapter.use(new TeamsSSOTokenExchangeMiddleware(new MemoryStorage(), 'sso-connection'))
const bot = new SsoBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
