import { AliasPathResolver } from './alias-path-resolver.ts'

/** `#Book` is `turn.recognized.intents.Book`. */
export class HashPathResolver extends AliasPathResolver {
  constructor() {
    super('#', 'turn.recognized.intents.')
  }
}
