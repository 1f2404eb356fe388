import type { StatePropertyAccessor, TurnContext } from 'botbuilder'

export interface Basket {
  readonly items: Record<string, number>
  opened?: string
}

export class Baskets {
  readonly #accessor: StatePropertyAccessor<Basket>

  constructor(accessor: StatePropertyAccessor<Basket>) {
    this.#accessor = accessor
  }

  async put(context: TurnContext, what: string): Promise<number> {
    const basket = await this.#accessor.get(context, { items: {}, opened: context.activity.channelId })
    const count = (basket.items[what] ?? 0) + 1
    basket.items[what] = count
    return count
  }

  async list(context: TurnContext): Promise<string> {
    const basket = await this.#accessor.get(context)
    if (basket === undefined) return 'empty'
    return Object.entries(basket.items)
      .map(([what, count]) => `${count} ${what}`)
      .join(', ')
  }

  drop(context: TurnContext): Promise<void> {
    return this.#accessor.delete(context)
  }
}
