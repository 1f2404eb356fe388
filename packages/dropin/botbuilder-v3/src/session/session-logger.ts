// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import type { Logger } from '@parley/core'
import { NO_ERROR } from '../callbacks.ts'
import type { IDialogState, SessionLog } from '../contracts/recognizing.ts'
import { formatText } from '../text/format-text.ts'

/** What a session tells of its dialogs: warnings and errors go to the bot's log, the rest only with `NODE_DEBUG=botbuilder`. */
export class SessionLogger implements SessionLog {
  isEnabled: boolean = /(^|,)botbuilder(,|$)/i.test(process.env['NODE_DEBUG'] ?? '')
  private readonly logger: Logger

  constructor(logger: Logger) {
    this.logger = logger
  }

  dump(name: string, value: any): void {
    if (this.isEnabled) this.logger.info({ ev: 'dialog.dump', name }, JSON.stringify(value))
  }

  log(dialogStack: IDialogState[], msg: string, ...args: any[]): void {
    if (this.isEnabled) this.logger.info({ ev: 'dialog', dialogs: idsOf(dialogStack) }, formatText(msg, args))
  }

  warn(dialogStack: IDialogState[], msg: string, ...args: any[]): void {
    this.logger.warn({ ev: 'dialog.warning', dialogs: idsOf(dialogStack) }, formatText(msg, args))
  }

  error(dialogStack: IDialogState[], err: Error): void {
    this.logger.error({ ev: 'dialog.failed', dialogs: idsOf(dialogStack), err }, 'A dialog failed.')
  }

  flush(callback: (err: Error) => void): void {
    callback(NO_ERROR)
  }
}

function idsOf(dialogStack: IDialogState[] | undefined): string[] {
  return (dialogStack ?? []).map(({ id }) => id)
}
