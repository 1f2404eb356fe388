/** Writes out an abbreviation that a path begins with. */
export interface PathResolver {
  /** The path written out; a path without the abbreviation is returned as it is. */
  transformPath(path: string): string
}
