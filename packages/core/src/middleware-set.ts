import { ParleyError } from './errors.ts'
import { compose } from './middleware.ts'
import type { MiddlewareFunction } from './middleware.ts'
import type { TurnContext } from './turn-context.ts'

/** Middleware as a function. */
export type MiddlewareHandler = (context: TurnContext, next: () => Promise<void>) => Promise<void>

/** Middleware as an object, for middleware with state or options. */
export interface Middleware {
  onTurn(context: TurnContext, next: () => Promise<void>): Promise<void>
}

/** Something that is neither a function nor an object with `onTurn` was added as middleware. */
export class InvalidMiddlewareError extends ParleyError {
  static readonly code = 'CORE_MIDDLEWARE_INVALID'
  readonly code: string = InvalidMiddlewareError.code

  constructor(options?: ErrorOptions) {
    super('MiddlewareSet.use(): invalid plugin type being added.', options)
  }
}

/** An ordered list of middleware; itself a middleware, so that sets nest. */
export class MiddlewareSet implements Middleware {
  private readonly middleware: MiddlewareFunction<TurnContext>[] = []

  constructor(...middlewares: (MiddlewareHandler | Middleware)[]) {
    this.use(...middlewares)
  }

  /**
   * Appends middleware; the first one added is the outermost layer.
   *
   * @throws {@link InvalidMiddlewareError} `CORE_MIDDLEWARE_INVALID`.
   */
  use(...middlewares: (MiddlewareHandler | Middleware)[]): this {
    this.middleware.push(...middlewares.map(toFunction))
    return this
  }

  onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    return this.run(context, next)
  }

  /** Runs the layers around `next`. A synchronous throw becomes a rejection. */
  async run(context: TurnContext, next: () => Promise<void>): Promise<void> {
    if (this.middleware.length === 0) return next()
    await compose(this.middleware)(context, next)
  }
}

function toFunction(middleware: MiddlewareHandler | Middleware): MiddlewareFunction<TurnContext> {
  if (typeof middleware === 'function') return middleware
  if (typeof middleware?.onTurn !== 'function') throw new InvalidMiddlewareError()
  // Named after its class, so that an error about it says which one it is.
  const onTurn: MiddlewareFunction<TurnContext> = (context, next) => middleware.onTurn(context, next)
  return Object.defineProperty(onTurn, 'name', { value: middleware.constructor.name })
}
