import { RegisterClassMiddleware } from '@parley/core'
import type { BotAdapter } from '@parley/core'
import type { BotState } from '@parley/state'

/** Leaves each state in the `turnState` of every turn, under the name of its class. */
export function useBotState(botAdapter: BotAdapter, ...botStates: BotState[]): BotAdapter {
  return botStates.reduce(
    (adapter, state) => adapter.use(new RegisterClassMiddleware(state, state.constructor.name)),
    botAdapter.use(),
  )
}
