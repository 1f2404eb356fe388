import express from 'express'
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication, MessageFactory } from 'botbuilder'
import { ActivityTypes } from 'botframework-schema'
import * as core from 'botbuilder-core'

if (core.ActivityHandler !== ActivityHandler) throw new Error('There are two ActivityHandlers.')

class EchoBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      await context.sendActivities([
        { type: ActivityTypes.Typing },
        MessageFactory.text(`You said '${context.activity.text}'`),
        MessageFactory.text('Anything else?', 'Anything *else*?', core.InputHints.ExpectingInput),
      ])
      await next()
    })
    this.onDialog(async (context, next) => {
      console.log(`turn of ${context.activity.type} done, responded: ${context.responded}`)
      await next()
    })
  }
}

const bot = new EchoBot()
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))

const app = express()
app.use(express.json())
app.get('/', (_request, response) => response.send('The bot is up.'))
app.post('/api/messages', (request, response) => adapter.process(request, response, (context) => bot.run(context)))
app.listen(process.env.PORT ?? 3978)
