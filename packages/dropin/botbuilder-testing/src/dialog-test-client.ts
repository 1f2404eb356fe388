/* oxlint-disable no-underscore-dangle -- names of v4 */
import type { Activity, Middleware, OpenValue } from '@parley/core'
import type { Dialog, DialogContext } from '@parley/dialogs'
import { AutoSaveStateMiddleware, ConversationState, MemoryStorage, TestAdapter } from '@parley/sdk-v4/core'
import { DialogTestClient as ParleyDialogTestClient } from '@parley/testing/dialogs'

/** SDK v4's client for one dialog: on v4's adapter and state, and a given adapter runs its own bot and saves for itself. */
export class DialogTestClient extends ParleyDialogTestClient {
  declare conversationState: ConversationState
  declare protected readonly _testAdapter: TestAdapter

  /** @param channelOrAdapter - The channel the user writes on, or an adapter with a bot that runs the dialog. */
  constructor(
    channelOrAdapter: string | TestAdapter,
    targetDialog: Dialog,
    initialDialogOptions?: unknown,
    middlewares?: Middleware[],
    conversationState?: ConversationState,
  ) {
    const state = conversationState || new ConversationState(new MemoryStorage())
    super(channelOrAdapter, targetDialog, initialDialogOptions, middlewares, state)
  }

  /** `null` before the first turn. */
  override get dialogContext(): DialogContext {
    return (super.dialogContext ?? null) as DialogContext
  }

  /** Gives the dialog an activity, and takes its first reply; `undefined` when there is none. */
  override async sendActivity(activity: Partial<Activity> | string): Promise<OpenValue> {
    return super.sendActivity(activity)
  }

  /** Takes the oldest reply; `undefined` when there is none. */
  override getNextReply(): Partial<Activity> {
    return super.getNextReply() as Partial<Activity>
  }

  protected override openAdapter(channelOrAdapter: string | TestAdapter): TestAdapter {
    if (typeof channelOrAdapter !== 'string') return channelOrAdapter
    const adapter = new TestAdapter(this._callback, { channelId: channelOrAdapter })
    adapter.use(new AutoSaveStateMiddleware(this.conversationState))
    return adapter
  }

  protected override async runTurn(activity: Partial<Activity> | string): Promise<void> {
    await this._testAdapter.receiveActivity(activity)
  }
}
