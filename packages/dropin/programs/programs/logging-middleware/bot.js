const express = require('express')
const {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  MiddlewareSet,
} = require('botbuilder')

const log = []

class LoggingMiddleware {
  async onTurn(context, next) {
    log.push(`in ${context.activity.type} ${context.activity.text || ''}`.trim())
    context.onSendActivities(async (ctx, activities, nextSend) => {
      const responses = await nextSend()
      activities.forEach((activity, index) => {
        log.push(
          `out ${activity.type} ${activity.text} ${responses[index]?.id} ${activity.id === responses[index]?.id}`,
        )
      })
      return responses
    })
    context.onUpdateActivity(async (ctx, activity, nextUpdate) => {
      log.push(`update ${activity.id} ${activity.text} to ${activity.recipient.id}`)
      await nextUpdate()
    })
    context.onDeleteActivity(async (ctx, reference, nextDelete) => {
      log.push(`delete ${reference.activityId} by ${ctx.activity.recipient.id}`)
      await nextDelete()
    })
    await next()
    log.push(`end ${context.responded}`)
  }
}

class CensorMiddleware {
  constructor(word) {
    this.word = word
  }

  async onTurn(context, next) {
    if ((context.activity.text || '').includes(this.word)) {
      await context.sendActivity('Not that word, please.')
      return
    }
    context.onSendActivities(async (ctx, activities, nextSend) => {
      if (activities.some(({ text }) => (text || '').includes('secret'))) return []
      return nextSend()
    })
    await next()
  }
}

class EditingBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context, next) => {
      const [command, ...rest] = context.activity.text.split(' ')
      if (command === 'edit') {
        const activity = MessageFactory.text('first draft')
        const response = await context.sendActivity(activity)
        const draft = MessageFactory.text('second draft')
        draft.id = response.id
        await context.updateActivity(draft)
      } else if (command === 'delete') {
        const response = await context.sendActivity('gone soon')
        await context.deleteActivity(response.id)
        await context.deleteActivity({
          activityId: 'by-reference',
          conversation: context.activity.conversation,
          serviceUrl: context.activity.serviceUrl,
          channelId: context.activity.channelId,
        })
      } else if (command === 'whisper') {
        const sent = await context.sendActivity('a secret')
        await context.sendActivity(`sent: ${sent === undefined ? 'nothing' : sent.id}`)
      } else await context.sendActivity(rest.join(' ') || command)
      await next()
    })
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.use(new MiddlewareSet(new LoggingMiddleware(), new CensorMiddleware('darn'))).use(async (context, next) => {
  log.push('last')
  await next()
})
const bot = new EditingBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.get('/log', (_req, res) => res.json(log.splice(0)))
app.listen(process.env.PORT)
