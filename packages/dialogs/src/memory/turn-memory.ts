import type { OpenValue, TurnContext } from '@parley/core'

const TURN_MEMORY = Symbol('turn')

/** What is remembered until the turn ends. */
export function turnMemory({ turnState }: TurnContext): { [name: string]: OpenValue } {
  let memory = turnState.get<{ [name: string]: OpenValue } | undefined>(TURN_MEMORY)
  if (!memory) turnState.set(TURN_MEMORY, (memory = {}))
  return memory
}

/** Puts something else in the place of {@link turnMemory}. */
export function replaceTurnMemory({ turnState }: TurnContext, memory: object): void {
  turnState.set(TURN_MEMORY, memory)
}

/** Sets one property of {@link turnMemory}. */
export function setTurnValue(context: TurnContext, name: string, value: OpenValue): void {
  turnMemory(context)[name] = value
}
