import type { Middleware, MiddlewareHandler, TurnContext } from '@parley/core'
import { runLayers } from './layers.ts'
import type { Layer } from './layers.ts'

/** An ordered list of middleware; itself a middleware, so that sets nest. */
export class MiddlewareSet implements Middleware {
  private readonly middleware: Layer<TurnContext>[] = []

  constructor(...middlewares: (MiddlewareHandler | Middleware)[]) {
    this.use(...middlewares)
  }

  /**
   * Appends middleware; the first one added is the outermost layer.
   *
   * @throws Error when something is neither a function nor an object with `onTurn`.
   */
  use(...middlewares: (MiddlewareHandler | Middleware)[]): this {
    this.middleware.push(...middlewares.map(toLayer))
    return this
  }

  onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    return this.run(context, next)
  }

  /** Runs the layers around `next`; one that does not call its `next()` ends the run there. */
  run(context: TurnContext, next: () => Promise<void>): Promise<void> {
    return runLayers(this.middleware, context, next) as Promise<void>
  }
}

function toLayer(middleware: MiddlewareHandler | Middleware): Layer<TurnContext> {
  if (typeof middleware === 'function') return middleware
  if (typeof middleware === 'object' && typeof middleware?.onTurn === 'function') {
    return (context, next) => middleware.onTurn(context, next)
  }
  throw new Error('MiddlewareSet.use(): invalid plugin type being added.')
}
