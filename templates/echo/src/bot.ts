import { ActivityHandler, MessageFactory } from '@parley/core'

/** Welcomes people who join, and says back what they say. */
export class EchoBot extends ActivityHandler {
  constructor() {
    super()

    this.onMembersAdded(async (context, next) => {
      const { membersAdded = [], recipient } = context.activity
      for (const member of membersAdded) {
        if (member.id !== recipient.id) await context.sendActivity(MessageFactory.text('Hello and welcome!'))
      }
      await next()
    })

    this.onMessage(async (context, next) => {
      const { text } = context.activity
      const echo = text ? `Echo: ${text}` : 'I can only echo text.'
      await context.sendActivity(MessageFactory.text(echo, echo))
      await next()
    })
  }
}
