import type { TurnContext, TurnLogic } from '@parley/core'

/** Anything that handles turns: a function, or an object such as an `ActivityHandler`. */
export type Bot = TurnLogic | { run(context: TurnContext): Promise<void> }

/** The bot as a function. */
export function toLogic(bot: Bot): TurnLogic {
  return typeof bot === 'function' ? bot : (context) => bot.run(context)
}
