const express = require('express')
const { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder')

class ReminderBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const { text } = context.activity
      if (text === 'timer') {
        setTimeout(async () => {
          await context.sendActivity('The time is up.')
        }, 60)
      } else if (text === 'request') {
        this.ask().then((answer) => context.sendActivity(answer))
      } else if (text === 'edit') {
        const { id } = await context.sendActivity('soon')
        setTimeout(() => context.updateActivity({ type: 'message', id, text: 'now' }), 60)
      }
      await context.sendActivity(`Set: ${text}`)
      await next()
    })
  }

  async ask() {
    await new Promise((resolve) => setTimeout(resolve, 60))
    return 'An answer.'
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const bot = new ReminderBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
