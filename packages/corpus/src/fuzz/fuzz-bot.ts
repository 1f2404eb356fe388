import { ActivityHandler, TurnContext } from '@parley/core'

/** A bot that looks at everything of an activity, and sends most of it back. */
export class FuzzBot extends ActivityHandler {
  /** Turns that reached it. */
  turns = 0

  constructor() {
    super()
    this.onTurn(async (context, next) => {
      this.turns += 1
      look(context)
      await context.sendActivity(echoOf(context))
      await next()
    })
  }
}

function look({ activity }: TurnContext): void {
  TurnContext.getConversationReference(activity)
  TurnContext.getMentions(activity)
  TurnContext.removeRecipientMention({ ...activity })
  JSON.stringify(activity)
}

function echoOf({ activity }: TurnContext): object {
  const { text, speak, attachments, entities, suggestedActions, channelData, value, name } = activity
  const echo = { type: 'message', text, speak, attachments, entities, suggestedActions, channelData, value, name }
  return Object.fromEntries(Object.entries(echo).filter(([, field]) => field !== undefined))
}
