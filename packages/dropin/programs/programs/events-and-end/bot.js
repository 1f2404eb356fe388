const express = require('express')
const {
  ActivityHandler,
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  EndOfConversationCodes,
  EventFactory,
} = require('botbuilder')

class EventsBot extends ActivityHandler {
  constructor() {
    super()
    this.onTurn(async (context, next) => {
      this.order = ['turn']
      await next()
    })
    this.onEvent(async (context, next) => {
      this.order.push('event')
      if (context.activity.name === 'webchat/join')
        await context.sendActivity(`Welcome from ${context.activity.value.page}`)
      await next()
    })
    this.onTokenResponseEvent(async (context, next) => {
      this.order.push('token')
      await context.sendActivity(`token ${context.activity.value.token}`)
      await next()
    })
    this.onEndOfConversation(async (context, next) => {
      console.log(`ended: ${context.activity.code} ${JSON.stringify(context.activity.value)}`)
      await next()
    })
    this.onTyping(async (context, next) => {
      console.log('they type')
      await next()
    })
    this.onCommand(async (context, next) => {
      await context.sendActivity({
        type: ActivityTypes.CommandResult,
        name: context.activity.name,
        value: { commandId: context.activity.value.commandId, data: 'done' },
      })
      await next()
    })
    this.onUnrecognizedActivityType(async (context, next) => {
      await context.sendActivity(`What is ${context.activity.type}?`)
      await next()
    })
    this.onMessage(async (context, next) => {
      this.order.push('message 1')
      if (context.activity.text === 'end') {
        await context.sendActivity({
          type: ActivityTypes.EndOfConversation,
          code: EndOfConversationCodes.CompletedSuccessfully,
          value: { turns: 3 },
        })
      } else if (context.activity.text === 'event') {
        await context.sendActivity({ type: ActivityTypes.Event, name: 'changeColor', value: { color: 'blue' } })
      } else if (context.activity.text === 'human') {
        const event = EventFactory.createHandoffInitiation(context, { skill: 'billing' }, { activities: [] })
        await context.sendActivity(event)
      } else if (context.activity.text === 'stop here') return
      await next()
    })
    this.onMessage(async (context, next) => {
      this.order.push('message 2')
      await next()
    })
    this.onDialog(async (context, next) => {
      this.order.push('dialog')
      console.log(this.order.join(' > '))
      await next()
    })
  }
}

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
const bot = new EventsBot()
const app = express()
app.use(express.json())
app.post('/api/messages', (req, res) => adapter.process(req, res, (context) => bot.run(context)))
app.listen(process.env.PORT)
