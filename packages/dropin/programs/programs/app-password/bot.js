const express = require('express')
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, TurnContext } = require('botbuilder')

const bot = new ActivityHandler()
let reference
bot.onMessage(async (context, next) => {
  reference = TurnContext.getConversationReference(context.activity)
  await context.sendActivity(`Echo: ${context.activity.text}`)
  await next()
})

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(process.env))
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.get('/api/notify', async (_req, res) => {
  await adapter.continueConversationAsync(process.env.MicrosoftAppId, reference, (context) =>
    context.sendActivity('News'),
  )
  res.end()
})
app.listen(process.env.PORT)
