const express = require('express')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  DeliveryModes,
  MessageFactory,
} = require('botbuilder')

class RepliesBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      if (context.activity.text === 'switch') context.activity.deliveryMode = DeliveryModes.ExpectReplies
      const response = await context.sendActivity(`one for ${context.activity.text}`)
      await context.sendActivities([{ type: 'typing' }, MessageFactory.suggestedActions(['a'], 'two')])
      await context.sendActivity(`first id: ${response && response.id}, responded: ${context.responded}`)
      if (context.activity.text === 'fail') throw new Error('after some replies')
      await next()
    })
  }

  async onInvokeActivity(context) {
    await context.sendActivity('on the side')
    return { status: 200, body: { fine: true } }
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.onTurnError = async (context, error) => {
  await context.sendActivity(`Error: ${error.message}`)
}
const bot = new RepliesBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
