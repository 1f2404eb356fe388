import { ActivityTypes, TurnContext } from '@parley/core'
import { ConversationState, PrivateConversationState, UserState } from '@parley/state'
import type { BotState, Storage } from '@parley/state'
import type { BotAction } from '../cases/fault-case.ts'
import type { Gate } from './gate.ts'

/** What the actions of a bot work with. */
export interface ActionTools {
  readonly storage: Storage
  readonly gate: Gate
}

type Tools = ActionTools & {
  readonly states: Readonly<Record<'conversation' | 'user' | 'private', BotState>>
}

type Act = (context: TurnContext) => Promise<unknown>

const LARGE = 2 * 1024 * 1024

/** The bot that does these things in each turn. */
export function createBot(
  actions: readonly BotAction[],
  { storage, gate }: ActionTools,
): (context: TurnContext) => Promise<void> {
  const states = {
    conversation: new ConversationState(storage),
    user: new UserState(storage),
    private: new PrivateConversationState(storage),
  }
  const acts = actions.map((action) => toAct(action, { storage, gate, states }))
  return async (context) => {
    for (const act of acts) await act(context)
  }
}

function toAct(action: BotAction, tools: Tools): Act {
  if ('say' in action) return (context) => context.sendActivity(action.say)
  if ('echo' in action) return (context) => context.sendActivity(context.activity.text)
  if ('sayAll' in action) return (context) => context.sendActivities(action.sayAll.map((text) => ({ text })))
  if ('sayUnawaited' in action) return sayUnawaited(action.sayUnawaited)
  if ('sayLate' in action) return sayLate(action.sayLate)
  if ('answer' in action) return answerInvoke(action.answer)
  if ('throw' in action) return () => throwing(action.throw)
  if ('count' in action) return counting(tools.states[action.count], action.by === 'update')
  if ('keep' in action) return keeping(tools.states.conversation, action.keep)
  if ('recall' in action) return recalling(tools.states.conversation)
  if ('gate' in action) return () => tools.gate.opened
  if ('yield' in action) return () => yielding(action.yield)
  return continuing(action.sayProactively)
}

function sayUnawaited(text: string): Act {
  return async (context) => {
    // That nobody waits for it is what is tried.
    void context.sendActivity(text)
  }
}

function sayLate(text: string): Act {
  return async (context) => {
    const say = async (): Promise<void> => {
      while (!context.hasEnded) await yielding(1)
      // That nobody waits for it is what is tried.
      void context.sendActivity(text)
    }
    void say()
  }
}

function answerInvoke(value: { readonly status: number; readonly body?: unknown }): Act {
  return (context) => context.sendActivity({ type: ActivityTypes.InvokeResponse, value })
}

async function throwing(what: 'error' | 'text' | 'nothing'): Promise<never> {
  if (what === 'error') throw new Error('the bot failed on purpose')
  // Bots throw anything.
  throw what === 'text' ? 'a text' : undefined // oxlint-disable-line no-throw-literal, typescript/only-throw-error
}

function counting(state: BotState, byUpdate: boolean): Act {
  const property = state.createProperty<number>('count')
  const increment = async (context: TurnContext): Promise<number> => {
    const count = (await property.get(context, 0)) + 1
    await property.set(context, count)
    await state.saveChanges(context)
    return count
  }
  const update = (context: TurnContext): Promise<number> =>
    state.update(context, (stored: { count?: number }) => (stored.count = (stored.count ?? 0) + 1))
  return async (context) => context.sendActivity(`count ${await (byUpdate ? update : increment)(context)}`)
}

function keeping(state: BotState, kind: Extract<BotAction, { keep: unknown }>['keep']): Act {
  const property = state.createProperty('kept')
  return async (context) => {
    await property.set(context, valueOf(kind))
    await state.saveChanges(context)
  }
}

function valueOf(kind: Extract<BotAction, { keep: unknown }>['keep']): unknown {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  const values = {
    cycle,
    bigint: 10n,
    map: new Map([['a', 1]]),
    date: new Date(0),
    function: () => {},
    large: 'x'.repeat(LARGE),
  }
  return values[kind]
}

function recalling(state: BotState): Act {
  const property = state.createProperty('kept')
  return async (context) => {
    const kept: unknown = await property.get(context)
    await context.sendActivity(kept === undefined ? 'nothing kept' : `kept ${JSON.stringify(kept)}`)
  }
}

async function yielding(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await new Promise((resolve) => setImmediate(resolve))
}

function continuing(text: string): Act {
  return (context) => {
    const reference = TurnContext.getConversationReference(context.activity)
    return context.adapter.continueConversation(reference, async (continued) => {
      await continued.sendActivity(text)
    })
  }
}
