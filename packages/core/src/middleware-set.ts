import { compose, toMiddlewareFunction } from './middleware.ts'
import type { MiddlewareFunction } from './middleware.ts'
import type { Middleware, MiddlewareHandler, TurnContext } from './turn-context.ts'

/** An ordered list of middleware; itself a middleware, so that sets nest. */
export class MiddlewareSet implements Middleware {
  private readonly layers: MiddlewareFunction<TurnContext>[] = []

  constructor(...middlewares: (MiddlewareHandler | Middleware)[]) {
    this.use(...middlewares)
  }

  /**
   * Appends middleware; the first one added is the outermost layer.
   *
   * @throws {@link InvalidMiddlewareError} `CORE_MIDDLEWARE_INVALID`.
   */
  use(...middlewares: (MiddlewareHandler | Middleware)[]): this {
    this.layers.push(...middlewares.map((middleware) => toMiddlewareFunction<TurnContext>(middleware)))
    return this
  }

  onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    return this.run(context, next)
  }

  /** Runs the layers around `next`. A synchronous throw becomes a rejection. */
  async run(context: TurnContext, next: () => Promise<void>): Promise<void> {
    await compose(this.layers)(context, next)
  }
}
