import { ResumeReason } from '../constants.ts'
import type { IDialogResult, IFindMatchResult, IRecognizeResult, IRouteResult } from '../contracts/recognizing.ts'
import type { TextOrMessageType } from '../contracts/events.ts'
import type { IPromptOptions } from '../contracts/prompts.ts'
import { Dialog } from '../dialogs/dialog.ts'
import { Library } from '../dialogs/library.ts'
import { WaterfallDialog } from '../dialogs/waterfall-dialog.ts'
import type { Session } from '../contracts/session.ts'
import { PromptChoice, PromptConfirm } from './prompt-choice.ts'
import { PromptAttachment, PromptNumber, PromptText, PromptTime } from './simple-prompts.ts'

/** What the dialogs that ask before something ends are given. */
interface ConfirmArgs {
  readonly confirmPrompt: TextOrMessageType
  readonly message?: TextOrMessageType
  readonly dialogId?: string
  readonly dialogArgs?: unknown
  readonly dialogIndex?: number
  readonly endConversation?: boolean
}

let library: Library | undefined

/** The framework's own dialogs, which all bots of the process share. */
export function systemLibrary(): Library {
  return (library ??= createLibrary())
}

function createLibrary(): Library {
  const created = new Library('BotBuilder')
  created.dialog('prompt-text', new PromptText())
  created.dialog('prompt-number', new PromptNumber())
  created.dialog('prompt-confirm', new PromptConfirm())
  created.dialog('prompt-choice', new PromptChoice())
  created.dialog('prompt-time', new PromptTime())
  created.dialog('prompt-attachment', new PromptAttachment())
  created.dialog('Interruption', new InterruptionDialog())
  created.dialog('ConfirmInterruption', confirmation(replaceAll))
  created.dialog('ConfirmCancel', confirmation(cancel))
  created.dialog('Disambiguate', disambiguation())
  return created
}

/** Runs a dialog between others; a prompt below it then asks again what it asked. */
class InterruptionDialog extends Dialog {
  override begin<T>(session: Session, args?: T): void {
    const { dialogId, dialogArgs } = args as unknown as { dialogId: string; dialogArgs: unknown }
    session.beginDialog(dialogId, dialogArgs)
  }

  override replyReceived(session: Session, _recognizeResult: IRecognizeResult): void {
    session.endDialogWithResult({ resumed: ResumeReason.reprompt })
  }

  override dialogResumed<T>(session: Session, _result: IDialogResult<T>): void {
    session.endDialogWithResult({ resumed: ResumeReason.reprompt })
  }
}

/** Asks, and does it when the user agrees. */
function confirmation(act: (session: Session, args: ConfirmArgs) => void): WaterfallDialog {
  return new WaterfallDialog([
    (session: Session, args: ConfirmArgs) => {
      session.dialogData.args = args
      const options: IPromptOptions = { prompt: plain(args.confirmPrompt), promptAfterAction: true }
      session.beginDialog('BotBuilder:prompt-confirm', options)
    },
    (session: Session, result: IDialogResult<boolean>) => {
      if (result.response) act(session, session.dialogData.args as ConfirmArgs)
      else session.endDialogWithResult({ resumed: ResumeReason.reprompt })
    },
  ])
}

function replaceAll(session: Session, { dialogId = '', dialogArgs }: ConfirmArgs): void {
  session.clearDialogStack()
  session.beginDialog(dialogId, dialogArgs)
}

function cancel(session: Session, { message, dialogIndex = 0, endConversation }: ConfirmArgs): void {
  if (endConversation) {
    session.endConversation(message)
    return
  }
  if (message) session.send(message)
  session.cancelDialog(dialogIndex)
}

/** Asks which way on a message is to take, and takes it. */
function disambiguation(): WaterfallDialog {
  return new WaterfallDialog([
    (session: Session, { routes, ...options }: IPromptOptions & { routes: [string, IRouteResult | null][] }) => {
      session.dialogData.routes = routes
      const choices = routes.map(([value]) => ({ value }))
      session.beginDialog('BotBuilder:prompt-choice', { ...options, choices })
    },
    (session: Session, { response }: IDialogResult<IFindMatchResult>) => {
      const routes = session.dialogData.routes as [string, IRouteResult | null][]
      const route = response && routes[response.index]?.[1]
      const stack = session.dialogStack()
      stack.pop()
      session.dialogStack(stack)
      if (route) session.library.library(route.libraryName).selectRoute(session, route)
      else session.save()
    },
  ])
}

function plain(prompt: TextOrMessageType): TextOrMessageType {
  return typeof prompt === 'object' && 'toMessage' in prompt ? prompt.toMessage() : prompt
}
