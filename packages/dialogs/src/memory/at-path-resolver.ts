import { AliasPathResolver } from './alias-path-resolver.ts'

/** `@city` is `turn.recognized.entities.city.first()`: the first of them. */
export class AtPathResolver extends AliasPathResolver {
  constructor() {
    super('@', '')
  }

  override transformPath(path: string): string {
    if (!path.startsWith('@') || path.startsWith('@@') || path.length === 1) return path
    const end = path.search(/[.[]/)
    const [name, rest] = end === -1 ? [path.slice(1), ''] : [path.slice(1, end), path.slice(end)]
    return `turn.recognized.entities.${name}.first()${rest}`
  }
}
