import { localNumeral } from './local-numeral.ts'
import { textRecognizers } from './text-recognizers.ts'

/** Languages whose numbers the recognizers know; all others they take for English. */
const KNOWN_LANGUAGES: ReadonlySet<string> = new Set(['en', 'es', 'fr', 'ja', 'pt', 'zh'])

/**
 * The first number in a text, in digits or words of a language. In a language the recognizers do not know, digits with
 * separators are read as the language writes them ("1.500,5" in German), and words are taken for English.
 *
 * @returns `undefined` when there is none, or the text has more than 1 000 characters.
 * @throws {@link RecognizerMissingError} `DIALOGS_RECOGNIZER_MISSING`
 */
export function recognizeNumber(text: string, culture: string): number | undefined {
  const [first] = textRecognizers.numbers(text, culture)
  if (!first) return undefined
  const isKnown = KNOWN_LANGUAGES.has(culture.split('-')[0]!.toLowerCase())
  // "3,5 million" is one number, of which the digits are a part.
  const local = isKnown || /\p{L}/u.test(first.text) ? undefined : localNumeral(text, culture)
  return local ?? parseResolution(first.resolution['value'])
}

/** Resolutions have no separators but that of decimals, which is a point or a comma, whatever the language. */
function parseResolution(value: string | undefined): number | undefined {
  const number = value ? Number(value.replace(',', '.')) : NaN
  return Number.isFinite(number) ? number : undefined
}
