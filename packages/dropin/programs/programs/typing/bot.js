const express = require('express')
const {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ShowTypingMiddleware,
} = require('botbuilder')

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

try {
  new ShowTypingMiddleware(-1)
} catch (error) {
  console.log(error.message)
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.use(new ShowTypingMiddleware(400, 100))
adapter.use(async (context, next) => {
  context.onSendActivities((ctx, activities, nextSend) => {
    console.log(`hook: ${activities.map(({ type }) => type).join()}`)
    return nextSend()
  })
  await next()
})

const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) =>
  adapter.process(req, res, async (context) => {
    if (context.activity.type !== ActivityTypes.Message) return sleep(450)
    if (context.activity.text === 'slow') {
      await sleep(750)
      console.log(`responded before: ${context.responded}`)
      await context.sendActivity('Here it is.')
    } else if (context.activity.text === 'by hand') {
      await context.sendActivities([
        { type: ActivityTypes.Typing },
        { type: 'delay', value: 20 },
        { type: ActivityTypes.Message, text: 'Typed.' },
      ])
    } else await context.sendActivity('At once.')
  }),
)
app.listen(process.env.PORT)
