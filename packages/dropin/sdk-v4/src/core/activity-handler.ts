import {
  ActivityHandler as ParleyActivityHandler,
  ActivityHandlerBase as ParleyActivityHandlerBase,
} from '@parley/core'
import type { BotHandler, OpenValue, TurnContext } from '@parley/core'
import { runLayers } from './layers.ts'

/** Parley's base of handlers, with plain errors. Every handler of Parley counts as an instance. */
export class ActivityHandlerBase extends ParleyActivityHandlerBase {
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== ActivityHandlerBase) return Function.prototype[Symbol.hasInstance].call(this, value)
    return value instanceof ParleyActivityHandlerBase
  }

  /** @throws Error: no context, no activity, or an activity without a type. */
  override async run(context: TurnContext): Promise<void> {
    assertRunnable(context)
    await super.run(context)
  }
}

/**
 * Parley's handler with v4's patience: a handler need not wait for `next()`, and its errors are plain ones.
 *
 * Every handler of Parley counts as an instance, so that the one for Teams does.
 */
export class ActivityHandler extends ParleyActivityHandler {
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this !== ActivityHandler) return Function.prototype[Symbol.hasInstance].call(this, value)
    return value instanceof ParleyActivityHandler
  }

  /** @throws Error: no context, no activity, or an activity without a type. */
  override async run(context: TurnContext): Promise<void> {
    assertRunnable(context)
    await super.run(context)
  }

  protected override handle(context: TurnContext, type: string, onNext: () => Promise<void>): Promise<OpenValue> {
    return runHandlers(this.handlers[type], context, onNext)
  }
}

/**
 * Runs the handlers of one event around `onNext`. For every handler class of the drop-in that overrides `handle`.
 *
 * @returns What was returned first; handlers end from the inside out, so that is the innermost one that returned anything.
 */
export async function runHandlers(
  handlers: readonly BotHandler[] | undefined,
  context: TurnContext,
  onNext: () => Promise<OpenValue>,
): Promise<OpenValue> {
  let result: OpenValue = null
  const note = (returned: OpenValue): void => {
    if (result === null && returned !== undefined) result = returned
  }
  if (!handlers) return onNext()
  const layers = handlers.map((handler) => async (turn: TurnContext, next: () => Promise<void>): Promise<void> => {
    note(await handler(turn, next))
  })
  await runLayers(layers, context, async () => note(await onNext()))
  return result
}

/** @throws Error: there is nothing to handle. For every handler class of the drop-in that overrides `run`. */
export function assertRunnable(context: TurnContext): void {
  if (!context) throw new Error('Missing TurnContext parameter')
  if (!context.activity) throw new Error('TurnContext does not include an activity')
  if (!context.activity.type) throw new Error('Activity is missing its type')
}
