import { ActivityTypes } from '@parley/core'
import type { Activity } from '@parley/core'
import { ComponentDialog, DialogTurnStatus } from '@parley/dialogs'
import type { DialogContext, DialogTurnResult } from '@parley/dialogs'
import { statement } from './question.ts'

/** What a user may say in the middle of any question. */
export type Interruption = 'help' | 'cancel'

const interruptions = new Map<string, Interruption>([
  ['help', 'help'],
  ['?', 'help'],
  ['cancel', 'cancel'],
  ['quit', 'cancel'],
  ['stop', 'cancel'],
])

/** The interruption that a message is, if it is one. */
export function interruptionIn({ type, text }: Activity): Interruption | undefined {
  if (type !== ActivityTypes.Message || typeof text !== 'string') return undefined
  return interruptions.get(text.trim().toLowerCase())
}

/** A dialog that explains itself on "help", and then asks again, and that ends without a result on "cancel". */
export abstract class CancelAndHelpDialog<O extends object = object> extends ComponentDialog<O> {
  /** What is said on "help". */
  protected abstract readonly helpText: string

  protected override async onContinueDialog(innerDC: DialogContext): Promise<DialogTurnResult> {
    const { context } = innerDC
    switch (interruptionIn(context.activity)) {
      case 'help':
        await context.sendActivity(statement(this.helpText))
        await innerDC.repromptDialog()
        return { status: DialogTurnStatus.waiting }
      case 'cancel':
        await context.sendActivity(statement('Cancelled.'))
        return innerDC.cancelAllDialogs()
      default:
        return super.onContinueDialog(innerDC)
    }
  }
}
