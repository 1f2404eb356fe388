import type { OpenValue } from '@parley/core'

/** A part of a bot that adds services to the ones a runtime collects. */
export abstract class BotComponent {
  /** @param services - Where to add them. @param configuration - The part of the bot's settings meant for this component. */
  abstract configureServices(services: OpenValue, configuration: OpenValue): void
}

/**
 * Checks that `val` has the method a component has.
 *
 * @throws TypeError otherwise.
 */
export function assertBotComponent(val: unknown, ..._args: unknown[]): asserts val is BotComponent {
  const isComponent = typeof (val as Partial<BotComponent> | null | undefined)?.configureServices === 'function'
  if (!isComponent) throw new TypeError('Expected a BotComponent: an object with the method configureServices().')
}
