import { Channels } from '@parley/core'
import type { Middleware, OpenValue, TurnContext } from '@parley/core'
import type { BotState } from './bot-state.ts'
import { StateKeyMissingError } from './state-errors.ts'

const VALUE_TYPE = 'https://www.botframework.com/schemas/botState'

/**
 * Shows a developer what a turn has changed in the bot's states: at the end of the turn, one trace for each state that is not
 * what it was at the beginning. The local service shows them as changes.
 *
 * It does so on the channel `emulator` only, where nobody but a developer is; elsewhere it does nothing. Traces have the name
 * `BotState` and the value `{ [name]: state }`. A turn that fails shows nothing.
 *
 * @example adapter.use(new StateTraceMiddleware({ userState, conversationState }))
 */
export class StateTraceMiddleware implements Middleware {
  private readonly states: readonly (readonly [name: string, state: BotState])[]

  /** @param states - The states by the names they are shown under, which end in `State`. */
  constructor(states: Readonly<Record<string, BotState>>) {
    this.states = Object.entries(states)
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    if (context.activity.channelId !== Channels.Emulator) return next()
    const before = await Promise.all(this.states.map(async ([, state]) => JSON.stringify(await shown(state, context))))
    await next()
    for (const [index, [name, state]] of this.states.entries()) {
      const value = await shown(state, context)
      if (JSON.stringify(value) === before[index]) continue
      await context.sendTraceActivity('BotState', { [name]: value }, VALUE_TYPE, name)
    }
  }
}

/** The state without what belongs to the storage. */
async function shown(state: BotState, context: TurnContext): Promise<OpenValue> {
  const { eTag: _eTag, ...own } = (await loaded(state, context)) ?? {}
  return own
}

/** The state of the turn; `undefined` for an activity without what the state's key is made from. */
async function loaded(state: BotState, context: TurnContext): Promise<OpenValue> {
  try {
    return await state.load(context)
  } catch (error) {
    if (error instanceof StateKeyMissingError) return undefined
    throw error
  }
}
