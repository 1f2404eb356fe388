import { ParleyError } from './errors.ts'

/**
 * One layer of an onion: does its part before and after everything inside it, which runs when it awaits `next()`.
 * Not calling `next()` ends the run here; calling it twice, or not awaiting it, is an error.
 */
export type MiddlewareFunction<C> = (context: C, next: () => Promise<void>) => Promise<void> | void

/** A middleware called `next()` a second time, which would have run everything inside it again. */
export class NextCalledTwiceError extends ParleyError {
  static readonly code = 'CORE_NEXT_CALLED_TWICE'
  readonly code: string = NextCalledTwiceError.code

  constructor(middlewareName: string, options?: ErrorOptions) {
    super(`${named(middlewareName)} called next() twice; call it at most once.`, options)
  }
}

/** A middleware returned while what it started with `next()` was still running. */
export class NextNotAwaitedError extends ParleyError {
  static readonly code = 'CORE_NEXT_NOT_AWAITED'
  readonly code: string = NextNotAwaitedError.code

  constructor(middlewareName: string, options?: ErrorOptions) {
    super(`${named(middlewareName)} did not wait for next(); write \`await next()\` or \`return next()\`.`, options)
  }
}

/** Something that is neither a function nor an object with `onTurn` was added as middleware. */
export class InvalidMiddlewareError extends ParleyError {
  static readonly code = 'CORE_MIDDLEWARE_INVALID'
  readonly code: string = InvalidMiddlewareError.code

  constructor(options?: ErrorOptions) {
    super('MiddlewareSet.use(): invalid plugin type being added.', options)
  }
}

/** Middleware as a function, or as an object with state or options. */
export type MiddlewareLike<C> = MiddlewareFunction<C> | { onTurn(context: C, next: () => Promise<void>): Promise<void> }

/**
 * The middleware as a function, named so that an error about it says which one it is.
 *
 * @throws {@link InvalidMiddlewareError} `CORE_MIDDLEWARE_INVALID`.
 */
export function toMiddlewareFunction<C>(middleware: MiddlewareLike<C>): MiddlewareFunction<C> {
  if (typeof middleware === 'function') return middleware
  if (typeof middleware?.onTurn !== 'function') throw new InvalidMiddlewareError()
  const onTurn: MiddlewareFunction<C> = (context, next) => middleware.onTurn(context, next)
  return Object.defineProperty(onTurn, 'name', { value: middleware.constructor.name })
}

/**
 * Folds middleware into one, run in the order given. Errors travel outwards through every layer, so `try … finally` around
 * `await next()` works as it reads.
 *
 * @throws {@link NextCalledTwiceError} `CORE_NEXT_CALLED_TWICE`: from that call of `next()`.
 * @throws {@link NextNotAwaitedError} `CORE_NEXT_NOT_AWAITED`: after what was left running has ended, its error as the cause.
 */
export function compose<C>(
  middleware: readonly MiddlewareFunction<C>[],
): (context: C, next: () => Promise<void>) => Promise<void> {
  return (context, next) => {
    const run = async (index: number): Promise<void> => {
      const current = middleware[index]
      if (!current) return next()
      const downstream = new Downstream()
      await current(context, () => {
        if (downstream.run) return Promise.reject(new NextCalledTwiceError(current.name))
        return downstream.start(run(index + 1))
      })
      if (!downstream.isRunning) return
      throw new NextNotAwaitedError(current.name, await downstream.failure())
    }
    return run(0)
  }
}

/** What one call of `next()` started. */
class Downstream {
  run: Promise<void> | undefined
  isRunning = false

  start(run: Promise<void>): Promise<void> {
    this.isRunning = true
    this.run = run.finally(() => {
      this.isRunning = false
    })
    // A middleware that drops this promise must not end the process; the error is reported by compose instead.
    this.run.catch(() => {})
    return this.run
  }

  async failure(): Promise<ErrorOptions> {
    try {
      await this.run
      return {}
    } catch (cause) {
      return { cause }
    }
  }
}

function named(name: string): string {
  return name === '' ? 'A middleware' : `The middleware "${name}"`
}
