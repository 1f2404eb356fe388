import type { Dialog, DialogContext, DialogTurnResult } from '@parley/botbuilder-dialogs'
import type { Activity, Middleware, OpenValue } from '@parley/core'
import type { ConversationState, TestAdapter } from '@parley/sdk-v4/core'
import { UnsupportedError } from '@parley/sdk-v4/unsupported-error'

/** SDK v4's client for one dialog, of which there is only the name: there are no dialogs yet. */
export class DialogTestClient {
  declare dialogTurnResult: DialogTurnResult
  declare conversationState: ConversationState

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  constructor(
    _channelOrAdapter: string | TestAdapter,
    _targetDialog: Dialog,
    _initialDialogOptions?: unknown,
    _middlewares?: Middleware[],
    _conversationState?: ConversationState,
  ) {
    throw notThere('DialogTestClient')
  }

  get dialogContext(): DialogContext {
    throw notThere('DialogTestClient.dialogContext')
  }

  /** Never called, as no client can be made. */
  async sendActivity(_activity: Partial<Activity> | string): Promise<OpenValue> {
    throw notThere('DialogTestClient.sendActivity()')
  }

  /** Never called, as no client can be made. */
  getNextReply(): Partial<Activity> {
    throw notThere('DialogTestClient.getNextReply()')
  }
}

function notThere(what: string): UnsupportedError {
  return new UnsupportedError(
    what,
    'Dialogs are not part of them yet: test the whole bot with TestAdapter of botbuilder-core',
  )
}
