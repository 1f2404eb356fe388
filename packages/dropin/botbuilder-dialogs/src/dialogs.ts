import type { OpenValue, TurnContext } from '@parley/core'
import type { BotState, StatePropertyAccessor, UserState } from '@parley/sdk-v4/core'
import type { DialogReason } from './constants.ts'
import type { DialogStateManagerConfiguration } from './memory.ts'
import type { DialogInstance, DialogState, DialogTurnResult } from './models.ts'
import { NotThere, notThere } from './not-there.ts'

export abstract class Configurable extends NotThere {}

export abstract class Dialog<_O extends object = object> extends Configurable {
  /** What a dialog answers when it waits for the user. */
  static EndOfTurn: DialogTurnResult = { status: 'waiting' }
}

export abstract class DialogContainer<O extends object = object> extends Dialog<O> {}

export class ComponentDialog<O extends object = object> extends DialogContainer<O> {}

export class WaterfallDialog<O extends object = object> extends Dialog<O> {}

export class SkillDialog extends Dialog {}

export class DialogContext extends NotThere {
  declare context: TurnContext
  declare stack: DialogInstance[]
}

export class WaterfallStepContext<O extends object = object> extends DialogContext {
  declare readonly index: number
  declare readonly options: O
  declare readonly reason: DialogReason
  declare readonly result: OpenValue
  declare readonly values: OpenValue
}

export class DialogSet extends NotThere {}

export class DialogManager extends Configurable {}

export class Recognizer extends Configurable {}

export class DialogsBotComponent extends NotThere {}

/** What went wrong in a dialog. Nothing throws it yet. */
export class DialogContextError extends Error {
  declare readonly error: Error | string
  declare readonly dialogContext: OpenValue

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  constructor(_error: Error | string, _dialogContext: DialogContext) {
    super()
    throw notThere('DialogContextError')
  }
}

/** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
export async function runDialog(
  _dialog: Dialog,
  _context: TurnContext,
  _accessor: StatePropertyAccessor<DialogState>,
): Promise<void> {
  throw notThere('runDialog()')
}

/** Names dialogs that come with a dialog. */
export interface DialogDependencies {
  getDependencies(): Dialog[]
}

export interface DialogManagerConfiguration {
  conversationState: BotState
  rootDialog: Dialog
  userState?: UserState
  /** In milliseconds. */
  expireAfter?: number
  stateConfiguration?: DialogStateManagerConfiguration
}

/** Makes something out of what a dialog knows. */
export interface TemplateInterface<T, D = Record<string, unknown>> {
  bind(dialogContext: DialogContext, data?: D): Promise<T>
}

export type WaterfallStep<O extends object = object> = (step: WaterfallStepContext<O>) => Promise<DialogTurnResult>
