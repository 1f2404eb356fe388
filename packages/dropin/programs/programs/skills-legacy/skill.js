const express = require('express')
const { ActivityTypes, BotFrameworkAdapter } = require('botbuilder')

const adapter = new BotFrameworkAdapter({})
adapter.onTurnError = async (context, error) => console.error(error)
const app = express()
app.post('/api/messages', (req, res) => {
  adapter
    .processActivity(req, res, async (context) => {
      if (context.activity.type !== ActivityTypes.Message) return
      if (context.activity.text === 'end') {
        await context.sendActivity({ type: ActivityTypes.EndOfConversation, code: 'userCancelled' })
      } else await context.sendActivity(`${context.activity.recipient.role}: ${context.activity.text}`)
    })
    .catch((error) => console.error(error))
})
app.listen(process.env.PORT)
