import type { PathResolver } from './path-resolver.ts'

/** Writes out an alias of one or two characters that a path begins with. */
export class AliasPathResolver implements PathResolver {
  private readonly alias: string
  private readonly prefix: string
  private readonly postfix: string

  /** @param alias - Is replaced by `prefix`; `postfix` comes at the end, default nothing. */
  constructor(alias: string, prefix: string, postfix = '') {
    this.alias = alias.trim()
    this.prefix = prefix.trim()
    this.postfix = postfix.trim()
  }

  transformPath(path: string): string {
    return path.startsWith(this.alias) ? this.prefix + path.slice(this.alias.length) + this.postfix : path
  }
}
