/* oxlint-disable no-underscore-dangle -- names of v4 */
import type { Activity, Middleware, TurnContext } from '@parley/core'
import { DialogSet, DialogTurnStatus } from '@parley/dialogs'
import type { Dialog, DialogContext, DialogState, DialogTurnResult } from '@parley/dialogs'
import { AutoSaveStateMiddleware, ConversationState, MemoryStorage } from '@parley/state'
import type { BotState } from '@parley/state'
import { TestAdapter } from './test-adapter.ts'
import type { FlowAdapter } from './test-flow.ts'

/** What a client needs of the adapter it drives. A {@link TestAdapter} has it, and so has that of `botbuilder-core`. */
export interface DialogTestAdapter extends FlowAdapter {
  use(...middlewares: Middleware[]): unknown
}

/**
 * Talks to one dialog, without a bot around it. The dialog begins with the first activity and again with the first after it has
 * ended.
 *
 * ```ts
 * const client = new DialogTestClient('test', new BookingDialog(), { destination: 'Rome' })
 * const reply = await client.sendActivity('hi')
 * expect(reply?.text).toBe('When do you want to go to Rome?')
 * ```
 */
export class DialogTestClient {
  /** What the dialog returned in the last turn. */
  declare dialogTurnResult: DialogTurnResult
  /** Where the stack of dialogs is kept, and what else the dialog keeps of the conversation. */
  conversationState: BotState
  /** The bot that runs the dialog, for adapters that are to call it themselves. */
  protected readonly _callback: (context: TurnContext) => Promise<void>
  /** Has this name because tests written for SDK v4 reach it by this name. */
  protected readonly _testAdapter: DialogTestAdapter
  private _dialogContext: DialogContext | undefined

  /**
   * @param channelOrAdapter - The channel the user writes on, `test` if it does not matter; or an adapter, whose turns the dialog
   * gets in place of the adapter's own bot.
   * @param initialDialogOptions - What the dialog begins with.
   * @param middlewares - Run around the dialog, the first outermost.
   * @param conversationState - Default: one in memory. It is saved at the end of each turn that did not fail.
   */
  constructor(
    channelOrAdapter: string | DialogTestAdapter,
    targetDialog: Dialog,
    initialDialogOptions?: unknown,
    middlewares?: readonly Middleware[] | null,
    conversationState?: BotState | null,
  ) {
    this.conversationState = conversationState ?? new ConversationState(new MemoryStorage())
    const dialogState = this.conversationState.createProperty<DialogState>('DialogState')
    this._callback = async (context) => {
      const dc = await new DialogSet(dialogState).add(targetDialog).createContext(context)
      this._dialogContext = dc
      this.dialogTurnResult = await dc.continueDialog()
      if (this.dialogTurnResult.status !== DialogTurnStatus.empty) return
      this.dialogTurnResult = await dc.beginDialog(targetDialog.id, initialDialogOptions as object)
    }
    this._testAdapter = this.openAdapter(channelOrAdapter)
    middlewares?.forEach((middleware) => this._testAdapter.use(middleware))
  }

  /** The stack of dialogs in the last turn; `undefined` before the first. The turn itself is over. */
  get dialogContext(): DialogContext | undefined {
    return this._dialogContext
  }

  /**
   * Gives the dialog an activity, or a message with a text.
   *
   * @returns The oldest reply nobody has looked at yet, `undefined` when there is none.
   * @throws What the dialog or a middleware throws.
   */
  async sendActivity(activity: Partial<Activity> | string): Promise<Partial<Activity> | undefined> {
    await this.runTurn(activity)
    return this.getNextReply()
  }

  /** Takes the oldest reply; `undefined` when there is none. */
  getNextReply(): Partial<Activity> | undefined {
    return this._testAdapter.getNextReply()
  }

  /** Called once, at construction. Override to have another kind of adapter. */
  protected openAdapter(channelOrAdapter: string | DialogTestAdapter): DialogTestAdapter {
    const isChannel = typeof channelOrAdapter === 'string'
    const adapter = isChannel ? new TestAdapter(this._callback, { channelId: channelOrAdapter }) : channelOrAdapter
    adapter.use(new AutoSaveStateMiddleware(this.conversationState))
    return adapter
  }

  /** Override to run turns in another way. */
  protected async runTurn(activity: Partial<Activity> | string): Promise<void> {
    await this._testAdapter.processActivity(activity, this._callback)
  }
}
