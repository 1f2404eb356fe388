/** What an object may have in order to say what is written in its place. */
type Replacer = (this: unknown, key: string, value: unknown) => unknown

/**
 * `JSON.stringify` that survives circles: a reference back becomes `[Circular *.path]`, the path of what it refers to. An
 * object with a method `_replacer` is written as what that method returns; it gets a copy of the object without the method.
 * Of nothing (`undefined`, `null`, `''`, `0`) it makes an empty text.
 */
export function stringify(
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  value: any,
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  replacer?: (key: string, value: any) => any,
  space?: string | number,
): string {
  if (!value) return ''
  const circles = new CircleFinder()
  const write: Replacer = function (key, original) {
    const replaced = replaceItself(original)
    const chosen = replacer ? (replacer.call(this, key, replaced) as unknown) : replaced
    return circles.visit(this as object, key, chosen)
  }
  return JSON.stringify(value, write, space)
}

function replaceItself(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { _replacer: replace, ...copy } = value as { _replacer?: unknown }
  return typeof replace === 'function' ? (replace.call(value, copy) as unknown) : value
}

/** Follows the walk of `JSON.stringify`, which shows the holder of each value but not the way to it. */
class CircleFinder {
  /** From the outermost object to the one that is being written. */
  private readonly way: object[] = []
  private readonly paths = new Map<object, string>()
  /** Objects from which a way leads back to them. */
  private readonly circular = new Set<object>()

  visit(holder: object, key: string, value: unknown): unknown {
    while (this.way.length > 0 && this.way.at(-1) !== holder) this.way.pop()
    if (typeof value !== 'object' || value === null) return value
    const start = this.way.indexOf(value)
    if (start >= 0) this.way.slice(start).forEach((object) => this.circular.add(object))
    if (this.circular.has(value)) return `[Circular *${this.paths.get(value)}]`
    const parent = this.paths.get(holder)
    if (!this.paths.has(value)) this.paths.set(value, parent === undefined ? '' : `${parent}.${key}`)
    this.way.push(value)
    return value
  }
}
