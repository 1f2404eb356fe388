import { BoundedMap } from '@parley/core/internal'

/** How a language writes a number with separators. */
interface Numerals {
  pattern: RegExp
  group: string
  decimal: string
}

const numeralsByCulture = new BoundedMap<string, Numerals>(50)

/** The first number in a text that is written with the separators of a language, in its own way; `undefined` if none is. */
export function localNumeral(text: string, culture: string): number | undefined {
  const { pattern, group, decimal } = numeralsOf(culture)
  const found = pattern.exec(text)?.[0]
  return found === undefined ? undefined : Number(found.replaceAll(group, '').replace(decimal, '.'))
}

function numeralsOf(culture: string): Numerals {
  const known = numeralsByCulture.get(culture)
  if (known) return known
  const parts = new Intl.NumberFormat(isTag(culture) ? culture : 'en').formatToParts(1234567.8)
  const partOf = (type: string, otherwise: string): string =>
    parts.find((part) => part.type === type)?.value ?? otherwise
  const group = partOf('group', ',')
  const decimal = partOf('decimal', '.')
  const [g, d] = [group, decimal].map((separator) => `\\u{${separator.codePointAt(0)!.toString(16)}}`)
  const whole = `\\d{1,3}(?:${g}\\d{3})+`
  const pattern = new RegExp(`(?<![\\d.,])-?(?:${whole}(?:${d}\\d+)?|\\d+${d}\\d+)(?![.,]?\\d)`, 'u')
  const numerals = { pattern, group, decimal }
  numeralsByCulture.set(culture, numerals)
  return numerals
}

/** Channels name languages; what they send need not be a tag. */
function isTag(culture: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(culture).length > 0
  } catch {
    return false
  }
}
