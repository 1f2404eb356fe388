import { coverage } from '../dialogs/match-intents.ts'

const UNITS = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const DIGITS = /[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+)/
const WORDS = new RegExp(
  `\\b(?:(${TENS.join('|')})(?:[\\s-]+(${UNITS.slice(1, 10).join('|')}))?|(${UNITS.join('|')}))\\b`,
  'i',
)

/** A number in a text, and how much of the text it is. */
export interface FoundNumber {
  readonly value: number
  readonly score: number
}

/** The first number in a text, in digits or, up to ninety-nine, in English words. */
export function findNumber(text: string): FoundNumber | undefined {
  const said = text.trim()
  const digits = DIGITS.exec(said)
  if (digits) return { value: Number(digits[0].replaceAll(',', '')), score: coverage(digits[0], said) }
  const words = WORDS.exec(said)
  if (!words) return undefined
  const [all, tens, ones, unit] = words.map((word: string | undefined) => word?.toLowerCase())
  const value = tens
    ? (TENS.indexOf(tens) + 2) * 10 + Math.max(0, UNITS.indexOf(ones ?? ''))
    : UNITS.indexOf(unit ?? '')
  return { value, score: coverage(all ?? '', said) }
}
