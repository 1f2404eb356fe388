import type { OpenValue, TurnContext } from '@parley/core'
import { ScopePath } from './scope-path.ts'

/** What is remembered until the turn ends. The activity is there from the start. */
export function turnMemory({ turnState, activity }: TurnContext): { [name: string]: OpenValue } {
  let memory = turnState.get<{ [name: string]: OpenValue } | undefined>(ScopePath.turn)
  if (!memory) turnState.set(ScopePath.turn, (memory = { activity }))
  return memory
}

/** Puts something else in the place of {@link turnMemory}. */
export function replaceTurnMemory({ turnState }: TurnContext, memory: object): void {
  turnState.set(ScopePath.turn, memory)
}
