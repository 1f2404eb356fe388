const { ActivityTypes, BotAdapter, TurnContext } = require('botbuilder-core')

/** Speaks with one user, through lines of text. */
class ConsoleAdapter extends BotAdapter {
  constructor(reference) {
    super()
    this.nextId = 0
    this.lines = []
    this.reference = {
      channelId: 'console',
      user: { id: 'user', name: 'User1' },
      bot: { id: 'bot', name: 'Bot' },
      conversation: { id: 'convo1', name: '', isGroup: false },
      serviceUrl: '',
      ...reference,
    }
  }

  async input(text, logic) {
    const activity = TurnContext.applyConversationReference(
      { type: ActivityTypes.Message, id: (this.nextId++).toString(), timestamp: new Date(), text },
      this.reference,
      true,
    )
    const context = new TurnContext(this, activity)
    await this.runMiddleware(context, logic)
    return this.lines.splice(0)
  }

  async continueConversation(reference, logic) {
    const activity = TurnContext.applyConversationReference({ type: ActivityTypes.Message }, reference, true)
    await this.runMiddleware(new TurnContext(this, activity), logic)
    return this.lines.splice(0)
  }

  async sendActivities(context, activities) {
    const responses = []
    for (const activity of activities) {
      responses.push({})
      switch (activity.type) {
        case 'delay':
          await new Promise((resolve) => setTimeout(resolve, activity.value))
          break
        case ActivityTypes.Message:
          if (activity.attachments && activity.attachments.length > 0) {
            const append =
              activity.attachments.length === 1 ? '(1 attachment)' : `(${activity.attachments.length} attachments)`
            this.lines.push(`${activity.text} ${append}`)
          } else this.lines.push(activity.text || '')
          break
        default:
          this.lines.push(`[${activity.type}]`)
      }
    }
    return responses
  }

  async updateActivity() {
    throw new Error('A printed line stays.')
  }

  async deleteActivity() {
    throw new Error('A printed line stays.')
  }
}

module.exports = { ConsoleAdapter }
