import { AliasPathResolver } from './alias-path-resolver.ts'

/** `@@city` is `turn.recognized.entities.city`, all of them. */
export class AtAtPathResolver extends AliasPathResolver {
  constructor() {
    super('@@', 'turn.recognized.entities.')
  }
}
