import { AliasPathResolver } from './alias-path-resolver.ts'

/** `$name` is `dialog.name`. */
export class DollarPathResolver extends AliasPathResolver {
  constructor() {
    super('$', 'dialog.')
  }
}
