import type { Middleware, TurnContext } from '../turn-context.ts'

/** Leaves a service in the `turnState` of every turn, for the code inside to find. */
export class RegisterClassMiddleware<T> implements Middleware {
  /** May be replaced; the next turn finds the new one. */
  service: T
  private readonly key: string | symbol

  /** @param key - What to find the service by. Default: the name of its class, which minifiers change. */
  constructor(service: T, key?: string | symbol) {
    this.service = service
    this.key = key ?? (service as { constructor: { name: string } }).constructor.name
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    context.turnState.set(this.key, this.service)
    await next()
  }
}
