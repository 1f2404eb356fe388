const express = require('express')
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')

const bot = new ActivityHandler()
bot.onMessage(async (context, next) => {
  try {
    const { id } = await context.sendActivity(context.activity.text)
    console.log(`sent ${id}`)
  } catch (error) {
    // Blocked by the user: nothing more to say.
    if (error.statusCode === 403) console.log(`blocked: ${error.code} ${error.message}`)
    else throw error
  }
  await next()
})

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.onTurnError = async (context, error) => {
  console.log(`error: ${error.statusCode} ${error.code || ''} responded ${context.responded}`)
}
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
