import type { Activity, OpenValue, TurnContext } from '@parley/core'
import { ConversationState, MemoryStorage } from '@parley/state'
import { TestAdapter } from '@parley/testing'
import type { Dialog } from '../src/dialog.ts'
import { DialogSet } from '../src/dialog-context.ts'
import type { DialogTurnResult } from '../src/dialog-instance.ts'

/** What came of one activity of the user. */
export interface Turn {
  /** What the bot sent. */
  replies: Partial<Activity>[]
  /** The texts of it. */
  texts: (string | undefined)[]
  result: DialogTurnResult
  /** What is stored of the dialog, as JSON; `undefined` when it has ended. */
  state: OpenValue
}

interface ConverseOptions {
  /** What every activity of the user says of itself, e.g. its channel. */
  template?: Partial<Activity>
  /** Called at the beginning of each turn. */
  prepare?: (context: TurnContext) => void
  adapter?: TestAdapter
}

/** Begins a dialog with the first activity, and has it continue with the others. */
export async function converse(
  dialog: Dialog,
  options: object | undefined,
  activities: (string | Partial<Activity>)[],
  { template = {}, prepare = () => {}, adapter = new TestAdapter(undefined, template) }: ConverseOptions = {},
): Promise<Turn[]> {
  const state = new ConversationState(new MemoryStorage())
  const accessor = state.createProperty('dialogs')
  const dialogs = new DialogSet(accessor)
  dialogs.add(dialog)
  const turns: Turn[] = []
  for (const activity of activities) {
    let result: DialogTurnResult | undefined
    let stored: OpenValue
    await adapter.processActivity(activity, async (context) => {
      prepare(context)
      const dc = await dialogs.createContext(context)
      result = turns.length === 0 ? await dc.beginDialog(dialog.id, options) : await dc.continueDialog()
      await state.saveChanges(context)
      stored = (await accessor.get(context)).dialogStack.at(-1)?.state
    })
    const replies = adapter.activeQueue.splice(0)
    const texts = replies.map(({ text }) => text)
    turns.push({ replies, texts, result: result!, state: stored && JSON.parse(JSON.stringify(stored)) })
  }
  return turns
}

/** What a prompt returns to an answer; `undefined` when it asks again. */
export async function answerOf(
  prompt: Dialog,
  options: object,
  said: string,
  template?: Partial<Activity>,
): Promise<unknown> {
  const [, turn] = await converse(prompt, options, ['hi', said], template ? { template } : {})
  return turn!.result.result
}
