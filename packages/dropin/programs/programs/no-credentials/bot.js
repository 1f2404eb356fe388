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
  // Set where the bot is deployed, but not on this machine.
  const { MicrosoftAppId } = process.env
  await adapter.continueConversationAsync(MicrosoftAppId, reference, (context) => context.sendActivity('News'))
  await adapter.createConversationAsync(
    MicrosoftAppId,
    reference.channelId,
    reference.serviceUrl,
    null,
    { members: [reference.user], bot: reference.bot, isGroup: false },
    (context) => context.sendActivity('Private news'),
  )
  res.end()
})
app.listen(process.env.PORT)
