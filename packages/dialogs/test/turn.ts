import { BotAdapter, TurnContext } from '@parley/core'
import type { Activity, ResourceResponse } from '@parley/core'
import { DialogContext } from '../src/dialog-context.ts'
import type { DialogSet } from '../src/dialog-context.ts'
import { Dialog } from '../src/dialog.ts'
import type { DialogEvent, DialogInstance, DialogReason, DialogTurnResult } from '../src/dialog.ts'

/** Keeps what is sent. */
export class CollectingAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = []

  async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities)
    return activities.map(() => ({ id: '' }))
  }

  async updateActivity(): Promise<void> {}

  async deleteActivity(): Promise<void> {}

  async continueConversation(): Promise<void> {}
}

/** A turn of its own; what is sent in it is in `sent`. */
export function turnOf(activity: Partial<Activity> = {}): { context: TurnContext; sent: Partial<Activity>[] } {
  const adapter = new CollectingAdapter()
  const context = new TurnContext(adapter, {
    type: 'message',
    id: '1',
    text: 'hi',
    channelId: 'test',
    serviceUrl: 'https://channel.example',
    conversation: { id: 'c', isGroup: false, conversationType: '', name: '' },
    from: { id: 'u', name: '' },
    recipient: { id: 'b', name: '' },
    ...activity,
  })
  return { context, sent: adapter.sent }
}

/** A stack of these dialogs with nothing on it, in a turn of its own. */
export function stackOf(dialogs: DialogSet, activity?: Partial<Activity>): DialogContext {
  return new DialogContext(dialogs, turnOf(activity).context, { dialogStack: [] })
}

interface Habits {
  /** Name of the event it handles. */
  readonly handles?: string
  /** Ends with this when it is continued. */
  readonly endsWith?: unknown
}

/** Writes down what happens to it, and waits. */
export class Witness extends Dialog {
  private readonly notes: string[]
  private readonly habits: Habits

  constructor(id: string, notes: string[], habits: Habits = {}) {
    super(id)
    this.notes = notes
    this.habits = habits
  }

  async beginDialog(_dc: DialogContext, options?: object): Promise<DialogTurnResult> {
    this.note('begin', JSON.stringify(options))
    return Dialog.EndOfTurn
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    this.note('continue')
    return this.habits.endsWith === undefined ? Dialog.EndOfTurn : dc.endDialog(this.habits.endsWith)
  }

  override async resumeDialog(_dc: DialogContext, reason: DialogReason, result?: unknown): Promise<DialogTurnResult> {
    this.note('resume', reason, String(result))
    return Dialog.EndOfTurn
  }

  override async repromptDialog(): Promise<void> {
    this.note('reprompt')
  }

  override async endDialog(_context: TurnContext, _instance: DialogInstance, reason: DialogReason): Promise<void> {
    this.note('end', reason)
  }

  protected override async onPreBubbleEvent(_dc: DialogContext, { name, bubble }: DialogEvent): Promise<boolean> {
    this.note('before', name, String(bubble))
    return name === this.habits.handles
  }

  protected override async onPostBubbleEvent(_dc: DialogContext, { name }: DialogEvent): Promise<boolean> {
    this.note('after', name)
    return false
  }

  private note(...what: (string | undefined)[]): void {
    this.notes.push([this.id, ...what.filter((part) => part !== undefined)].join(' '))
  }
}
