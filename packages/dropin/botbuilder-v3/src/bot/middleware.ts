import type { IMiddlewareMap } from '../contracts/dialogs.ts'
import type { IDialogVersionOptions, IFirstRunOptions } from '../contracts/dialogs.ts'

const FIRST_RUN = 'BotBuilder.Data.FirstRunVersion'

/** Middleware that many bots have. */
export class Middleware {
  /** Ends conversations that began with another major version, and those whose user says the reset command. */
  static dialogVersion({ version, message, resetCommand = /^reset/i }: IDialogVersionOptions): IMiddlewareMap {
    return {
      botbuilder: (session, next) => {
        const began = session.sessionState.version || 0
        const isOther = began !== 0 && Math.floor(began) !== Math.floor(version)
        const wantsReset = resetCommand.test(session.message.text ?? '')
        session.sessionState.version = version
        if (isOther || wantsReset) session.endConversation(message)
        else next()
      },
    }
  }

  /** Begins a dialog with users who are new, or have not seen the current version of it. */
  static firstRun(options: IFirstRunOptions): IMiddlewareMap {
    const { version, dialogId, dialogArgs, upgradeDialogId, upgradeDialogArgs } = options
    return {
      botbuilder: (session, next) => {
        const seen = Number(session.userData[FIRST_RUN] ?? 0)
        const isBetweenDialogs = session.sessionState.callstack.length === 0
        if (!isBetweenDialogs || seen === version) return next()
        session.userData[FIRST_RUN] = version
        if (Math.floor(seen) !== Math.floor(version)) session.beginDialog(dialogId, dialogArgs)
        else if (upgradeDialogId) session.beginDialog(upgradeDialogId, upgradeDialogArgs)
        else next()
      },
    }
  }

  /** Shows with each message that the bot is at it. */
  static sendTyping(): IMiddlewareMap {
    return {
      botbuilder: (session, next) => {
        session.sendTyping()
        next()
      },
    }
  }
}
