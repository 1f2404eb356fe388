// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import { ResumeReason } from '../constants.ts'
import type { PromptType } from '../constants.ts'
import type { IDialogWaterfallStep } from '../contracts/dialogs.ts'
import type { IDialogResult } from '../contracts/recognizing.ts'
import type { Session } from '../contracts/session.ts'
import type { Dialog } from './dialog.ts'
import { SimpleDialog } from './simple-dialog.ts'

/** Steps for things that are often done. */
export class DialogAction {
  static send(msg: string, ...args: any[]): IDialogWaterfallStep {
    return (session) => {
      session.send(msg, ...args)
    }
  }

  /** Begins a dialog; what it gives is the dialog's that has this step. */
  static beginDialog<T>(id: string, args?: T): IDialogWaterfallStep {
    return (session, result) => {
      if (isResumed(result)) session.endDialogWithResult(result)
      else session.beginDialog(id, args ?? result)
    }
  }

  static endDialog(result?: any): IDialogWaterfallStep {
    return (session) => {
      session.endDialog(result)
    }
  }

  /** A prompt that asks until `validator` is content. */
  static validatedPrompt(promptType: PromptType, validator: (response: any) => boolean): Dialog {
    return new SimpleDialog((session: Session, args: any) => {
      const options = (session.dialogData.options ??= args ?? {})
      if (!isResumed(args)) return ask(session, promptType, options)
      if (args.resumed !== ResumeReason.completed || validator(args.response)) session.endDialogWithResult(args)
      else ask(session, promptType, options.retryPrompt ? { ...options, prompt: options.retryPrompt } : options)
    })
  }
}

const PROMPTS = ['text', 'number', 'confirm', 'choice', 'time', 'attachment'] as const

function ask(session: Session, promptType: PromptType, options: any): void {
  session.beginDialog(`BotBuilder:prompt-${PROMPTS[promptType]}`, options)
}

function isResumed(value: unknown): value is IDialogResult<any> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'resumed')
}
