import { DialogUsageError } from './dialog-usage-error.ts'
import { TurnContextStateCollection } from '@parley/core'
import type { Logger, TurnContext } from '@parley/core'
import { BotStateSet } from '@parley/state'
import type { BotState } from '@parley/state'
import { Configurable } from './configurable.ts'
import { DialogContainer } from './dialog-container.ts'
import { DialogSet, openStack } from './dialog-context.ts'
import type { DialogContext, DialogState, StateCorruptedHandler } from './dialog-context.ts'
import { DialogTurnStateConstants } from './dialog-turn-state-constants.ts'
import type { Dialog, DialogTurnResult } from './dialog.ts'
import { DialogStateManager } from './memory/dialog-state-manager.ts'
import type { DialogStateManagerConfiguration } from './memory/dialog-state-manager.ts'
import { reportCorrupted, runDialogTurn } from './run-dialog-turn.ts'

/** What became of a turn. */
export interface DialogManagerResult {
  turnResult: DialogTurnResult
}

/** Settings of a {@link DialogManager}. */
export interface DialogManagerConfiguration {
  conversationState: BotState
  rootDialog: Dialog
  userState?: BotState
  /** Time without a turn after which a conversation begins anew, in milliseconds. Default: none. */
  expireAfter?: number
  stateConfiguration?: DialogStateManagerConfiguration
}

const CONVERSATION_STATE = 'ConversationState'
const USER_STATE = 'UserState'
const LAST_ACCESS = '_lastAccess'

/** Runs a dialog in every turn of a bot, with the states that belong to it: they are loaded before and saved after. */
export class DialogManager extends Configurable {
  /** Default: the one in `turnState` under `ConversationState`. */
  conversationState!: BotState
  /** Default: the one in `turnState` under `UserState`, if there is one. */
  userState?: BotState
  dialogs: DialogSet = new DialogSet()
  stateConfiguration?: DialogStateManagerConfiguration
  /** Time without a turn after which a conversation begins anew, in milliseconds. Default: none. */
  expireAfter?: number
  /** Called when a stored stack cannot be continued, before it is emptied and the dialog begun. */
  onStateCorrupted?: StateCorruptedHandler
  /** Gets a line when a stored stack cannot be continued. Default: none. */
  logger?: Logger
  private rootDialogId: string | undefined
  private readonly dialogStateProperty: string
  private readonly turnStateToCopy: TurnContextStateCollection = new TurnContextStateCollection()

  /** @param dialogStateProperty - Name of the property of the conversation's state with the stack. */
  constructor(rootDialog?: Dialog, dialogStateProperty = 'DialogState') {
    super()
    this.dialogStateProperty = dialogStateProperty
    if (rootDialog) this.rootDialog = rootDialog
  }

  /** Is copied to `turnState` in every turn. */
  get initialTurnState(): TurnContextStateCollection {
    return this.turnStateToCopy
  }

  /** The dialog that runs. */
  get rootDialog(): Dialog {
    return (this.rootDialogId === undefined ? undefined : this.dialogs.find(this.rootDialogId)) as Dialog
  }

  set rootDialog(value: Dialog) {
    this.dialogs = new DialogSet(undefined, {
      onStateCorrupted: (context, error) => reportCorrupted(value, this)(context, error),
    })
    this.rootDialogId = value?.id
    if (!value) return
    this.dialogs.add(value)
    this.registerContainerDialogs(value)
  }

  override configure(config: Partial<DialogManagerConfiguration>): this {
    return super.configure({ ...config })
  }

  /**
   * Runs the dialog in this turn.
   *
   * @throws Error: there is no root dialog, or no state of the conversation.
   * @throws {@link DialogContextError}: the dialog failed, and no dialog has handled the event `error`; nothing is saved.
   */
  async onTurn(context: TurnContext): Promise<DialogManagerResult> {
    if (this.rootDialogId === undefined) {
      throw new DialogUsageError("DialogManager.onTurn: the bot's 'rootDialog' has not been configured.")
    }
    const states = this.prepare(context)
    await states.loadAll(context)
    const dc = await this.createContext(context)
    const turnResult = await runDialogTurn(dc, this.rootDialogId)
    await states.saveAllChanges(context, false)
    return { turnResult }
  }

  /** Puts what dialogs look for into `turnState`. Returns the states of the turn. */
  private prepare({ turnState }: TurnContext): BotStateSet {
    for (const [key, value] of this.turnStateToCopy) turnState.set(key, value)
    turnState.set(DialogTurnStateConstants.dialogManager, this)

    this.conversationState ??= turnState.get(CONVERSATION_STATE)
    if (!this.conversationState) {
      throw new DialogUsageError("DialogManager.onTurn: the bot's 'conversationState' has not been configured.")
    }
    turnState.set(CONVERSATION_STATE, this.conversationState)
    const userState = (this.userState ??= turnState.get(USER_STATE))
    if (userState) turnState.set(USER_STATE, userState)
    return new BotStateSet(this.conversationState, ...(userState ? [userState] : []))
  }

  private async createContext(context: TurnContext): Promise<DialogContext> {
    await this.expire(context)
    const property = this.conversationState.createProperty<DialogState>(this.dialogStateProperty)
    const dc = await openStack(this.dialogs, context, property)
    if (this.stateConfiguration) dc.state = new DialogStateManager(dc, this.stateConfiguration)
    return dc
  }

  /** Empties the state of a conversation that has been silent for too long. */
  private async expire(context: TurnContext): Promise<void> {
    const lastAccess = this.conversationState.createProperty<string>(LAST_ACCESS)
    const now = Date.now()
    const before = Date.parse((await lastAccess.get(context)) ?? '')
    if (this.expireAfter !== undefined && now - before >= this.expireAfter) await this.conversationState.clear(context)
    await lastAccess.set(context, new Date(now).toISOString())
  }

  /** Makes the containers inside of others known to all, so that stacks from any of them can be continued. */
  private registerContainerDialogs(dialog: Dialog): void {
    if (!(dialog instanceof DialogContainer)) return
    for (const inner of dialog.dialogs.getDialogs()) {
      if (!(inner instanceof DialogContainer) || this.dialogs.find(inner.id)) continue
      this.dialogs.add(inner)
      this.registerContainerDialogs(inner)
    }
  }
}
