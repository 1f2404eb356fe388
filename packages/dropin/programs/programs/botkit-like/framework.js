const express = require('express')
const { ActivityTypes, ConversationState, MemoryStorage } = require('botbuilder')
const { Worker } = require('./adapter')

class Framework {
  constructor({ adapter, webhookUri }) {
    this.adapter = adapter
    this.handlers = {}
    this.state = new ConversationState(new MemoryStorage())
    this.turns = this.state.createProperty('turns')
    this.webserver = express()
    // The body stays here for the adapter, as bytes for signatures and parsed.
    this.webserver.use(express.json({ verify: (req, _res, bytes) => (req.rawBody = bytes) }))
    this.webserver.post(webhookUri, (req, res) => {
      this.adapter.processActivity(req, res, this.handleTurn.bind(this)).catch((error) => {
        console.error('Experienced an error inside the turn handler', error.message.split('\n')[0])
      })
    })
  }

  on(events, handler) {
    for (const event of events.split(',')) (this.handlers[event] = this.handlers[event] || []).push(handler)
  }

  hears(pattern, event, handler) {
    this.on(event, async (bot, message) => {
      if (!(message.text || '').match(pattern)) return
      await handler(bot, message)
      return false
    })
  }

  async handleTurn(turnContext) {
    const message = {
      ...turnContext.activity.channelData,
      type: turnContext.activity.type,
      text: turnContext.activity.text,
      user: turnContext.activity.from.id,
      incoming: turnContext.activity,
      turns: ((await this.turns.get(turnContext, 0)) || 0) + 1,
    }
    await this.turns.set(turnContext, message.turns)
    if (message.type === ActivityTypes.Message && turnContext.activity.conversation.isGroup !== true)
      message.type = 'direct_message'
    const bot = new Worker(this, turnContext)
    for (const plugin of this.adapter.middlewares.spawn) await plugin(bot, () => {})
    for (const handler of this.handlers[message.type] || []) {
      if ((await handler(bot, message)) === false) break
    }
    await this.state.saveChanges(turnContext)
  }
}

module.exports = { Framework }
