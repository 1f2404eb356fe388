import { ActivityHandler, CardFactory, MessageFactory } from '@parley/core'
import type { Logger, TurnContext } from '@parley/core'
import { runDialog } from '@parley/dialogs'
import type { Dialog } from '@parley/dialogs'
import type { ConversationState } from '@parley/state'
import welcomeCard from './cards/welcome.json' with { type: 'json' }

/** What the bot is made of. */
export interface FlightBotOptions {
  /** Gets the messages of every conversation. */
  readonly dialog: Dialog
  /** Remembers where in the dialog each conversation is. */
  readonly conversationState: ConversationState
  readonly logger?: Logger
}

/** Welcomes people who join with a card, and gives everything they say to a dialog. */
export class FlightBot extends ActivityHandler {
  private readonly conversationState: ConversationState

  constructor({ dialog, conversationState, logger }: FlightBotOptions) {
    super()
    this.conversationState = conversationState
    const dialogState = conversationState.createProperty('DialogState')
    const onDialogTurn = { logger }

    this.onMembersAdded(async (context, next) => {
      const { membersAdded = [], recipient } = context.activity
      // One welcome is for all who join together.
      if (membersAdded.some(({ id }) => id !== recipient.id)) {
        await context.sendActivity(MessageFactory.attachment(CardFactory.adaptiveCard(welcomeCard)))
        await runDialog(dialog, context, dialogState, onDialogTurn)
      }
      await next()
    })

    this.onMessage(async (context, next) => {
      await runDialog(dialog, context, dialogState, onDialogTurn)
      await next()
    })
  }

  /** What has changed in a turn is saved at its end, once. */
  override async run(context: TurnContext): Promise<void> {
    await super.run(context)
    await this.conversationState.saveChanges(context)
  }
}
