import { ActivityHandler } from '@parley/core'

/** Says hello to people who join. */
export class EmptyBot extends ActivityHandler {
  constructor() {
    super()

    this.onMembersAdded(async (context, next) => {
      const { membersAdded = [], recipient } = context.activity
      for (const member of membersAdded) {
        if (member.id !== recipient.id) await context.sendActivity('Hello')
      }
      await next()
    })
  }
}
