import { AliasPathResolver } from './alias-path-resolver.ts'

/** `%id` is `class.id`. */
export class PercentPathResolver extends AliasPathResolver {
  constructor() {
    super('%', 'class.')
  }
}
