import { TurnContext } from '@parley/core'
import type { BotAdapter } from '@parley/core'
import { BotState, MemoryStorage } from '../core/index.ts'
import { InspectionState } from './inspection-state.ts'

test('there is one inspection state for the whole bot, whose key a subclass may change', async () => {
  class Mine extends InspectionState {
    protected override getStorageKey(): string {
      return 'mine'
    }
  }
  const memory = {}
  for (const State of [InspectionState, Mine]) {
    const state = new State(new MemoryStorage(memory))
    expect(state).toBeInstanceOf(BotState)
    const context = new TurnContext({} as BotAdapter, { type: 'message' })
    await state.load(context)
    await state.saveChanges(context, true)
  }
  expect(Object.keys(memory)).toEqual(['InspectionState', 'mine'])
})
