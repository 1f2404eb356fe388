import { ActivityTypes, EndOfConversationCodes, silentLogger } from '@parley/core'
import type { Logger, TurnContext } from '@parley/core'
import type { DialogContext, StateCorruptedHandler } from './dialog-context.ts'
import { DialogEvents } from './dialog-events.ts'
import { Dialog, DialogTurnStatus } from './dialog.ts'
import type { DialogTurnResult } from './dialog.ts'
import { hasStoredScopes } from './memory/dialog-state-manager.ts'
import { innermost } from './memory/innermost.ts'
import { hasWaitingParent, isFromParentToSkill } from './skill-conversation.ts'
import { traceState } from './state-trace.ts'

/** What happens when the stack stored with a conversation cannot be continued. It is emptied and the dialog begun, always. */
export interface CorruptedStateOptions {
  /** Called before, for example to tell the user. */
  readonly onStateCorrupted?: StateCorruptedHandler | undefined
  /** Gets a line. Default: none; the error is reported to the telemetry client of the dialog as well. */
  readonly logger?: Logger | undefined
}

/** Gives a turn to the dialogs on the stack, else begins `dialogId`. States of the turn are loaded before, saved after. */
export async function runDialogTurn(dc: DialogContext, dialogId: string): Promise<DialogTurnResult> {
  const isStored = hasStoredScopes(dc.context)
  if (isStored) await dc.state.loadAllScopes()
  const answer = isFromParentToSkill(dc.context) ? await answerParent(dc) : undefined
  const result = answer ?? (await continueOrBegin(dc, dialogId))
  if (!answer) await traceState(dc)
  if (isStored) await dc.state.saveAllChanges()
  if (!answer) await tellParent(dc.context, result)
  return result
}

/** Reports corrupted state, then calls the bot's own handler. */
export function reportCorrupted(dialog: Dialog, options: CorruptedStateOptions): StateCorruptedHandler {
  const { logger = silentLogger, onStateCorrupted } = options
  return async (context, error) => {
    logger.error(
      {
        ev: 'dialogs.state_corrupted',
        code: error.code,
        err: error,
        conversationId: context.activity.conversation?.id,
      },
      'The stored stack of dialogs cannot be continued; it is emptied.',
    )
    dialog.telemetryClient.trackException({ exception: error })
    await onStateCorrupted?.(context, error)
  }
}

/** What a parent asks for besides a turn: to end, or to ask the user again. */
async function answerParent(dc: DialogContext): Promise<DialogTurnResult | undefined> {
  const { type, name } = dc.context.activity
  if (type === ActivityTypes.EndOfConversation) {
    if (dc.stack.length === 0) return { status: DialogTurnStatus.empty }
    return innermost<DialogContext>(dc).cancelAllDialogs(true)
  }
  if (type === ActivityTypes.Event && name === DialogEvents.repromptDialog) {
    if (dc.stack.length === 0) return { status: DialogTurnStatus.empty }
    await dc.repromptDialog()
    return Dialog.EndOfTurn
  }
}

/** Dialogs that handle the error of a turn get the turn again. */
async function continueOrBegin(dc: DialogContext, dialogId: string): Promise<DialogTurnResult> {
  for (;;) {
    try {
      const result = await dc.continueDialog()
      return result?.status === DialogTurnStatus.empty ? await dc.beginDialog(dialogId) : result
    } catch (error) {
      const isHandled = await dc.emitEvent(DialogEvents.error, error, true, true)
      if (!isHandled) throw error
    }
  }
}

/** A parent waits for the end of the conversation, and gets the result with it. */
async function tellParent(context: TurnContext, { status, result }: DialogTurnResult): Promise<void> {
  const hasEnded = status === DialogTurnStatus.complete || status === DialogTurnStatus.cancelled
  if (!hasEnded || !hasWaitingParent(context)) return
  const code =
    status === DialogTurnStatus.complete
      ? EndOfConversationCodes.CompletedSuccessfully
      : EndOfConversationCodes.UserCancelled
  const { locale } = context.activity
  await context.sendActivity({
    type: ActivityTypes.EndOfConversation,
    value: result,
    code,
    ...(locale === undefined ? {} : { locale }),
  })
}
