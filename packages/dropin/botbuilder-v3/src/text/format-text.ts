const PLACEHOLDER = /%(?:(\d+)\$|\(([^)]+)\))?(\+)?(0|'[^$])?(-)?(\d{1,3})?(?:\.(\d{1,2}))?([%bcdeEfgijosStTuvxX])/g

/**
 * Puts values into a text as C's `sprintf` does: `%s`, `%d`, `%j` …, in order, by number (`%2$s`) or by name (`%(name)s`).
 * Without values the text stays as it is.
 */
export function formatText(text: string, args: readonly unknown[] = []): string {
  if (args.length === 0) return text
  let next = 0
  return text.replace(PLACEHOLDER, (...match: (string | undefined)[]) => {
    const [, index, name, plus, pad, left, width, precision, kind = 's'] = match
    if (kind === '%') return '%'
    const value = name ? byPath(args[0], name) : args[index ? Number(index) - 1 : next++]
    const shown = show(typeof value === 'function' ? (value as () => unknown)() : value, kind, precision)
    const signed = plus && typeof value === 'number' && value >= 0 ? `+${shown}` : shown
    return padded(signed, Number(width ?? 0), pad === undefined ? ' ' : pad.slice(-1), left !== undefined)
  })
}

function show(value: unknown, kind: string, precision: string | undefined): string {
  const number = Number(value)
  switch (kind) {
    case 'b':
      return Math.trunc(number).toString(2)
    case 'c':
      return String.fromCodePoint(Math.trunc(number))
    case 'd':
    case 'i':
      return String(Number.parseInt(String(value), 10))
    case 'e':
      return precision ? number.toExponential(Number(precision)) : number.toExponential()
    case 'f':
      return precision ? number.toFixed(Number(precision)) : String(Number.parseFloat(String(value)))
    case 'g':
      return precision
        ? String(Number(number.toPrecision(Number(precision))))
        : String(Number.parseFloat(String(value)))
    case 'j':
      return JSON.stringify(value)
    case 'o':
      return (Math.trunc(number) >>> 0).toString(8)
    case 'u':
      return String(Math.trunc(number) >>> 0)
    case 'x':
      return (Math.trunc(number) >>> 0).toString(16)
    case 'X':
      return (Math.trunc(number) >>> 0).toString(16).toUpperCase()
    default: {
      const text = String(value)
      return precision ? text.slice(0, Number(precision)) : text
    }
  }
}

function padded(text: string, width: number, fill: string, left: boolean): string {
  return left ? text.padEnd(width) : text.padStart(width, fill)
}

function byPath(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((key) => key !== '')
    .reduce((found, key) => (found as Record<string, unknown> | undefined)?.[key], value)
}
