import { textRecognizers, type Recognized } from '../recognition/text-recognizers.ts'
import type { Choice } from './choice.ts'
import { ChoiceFactory } from './choice-factory.ts'
import { findChoices, type FindChoicesOptions, type FoundChoice } from './find-choices.ts'
import type { ModelResult } from './model-result.ts'

/** Longest utterance that is looked at, in characters. */
const MAX_UTTERANCE_LENGTH = 4000

/**
 * Finds choices in an utterance: by their names ({@link findChoices}), else by ordinals ("the second one"), else by numbers,
 * which count from 1. In an utterance of more than 4 000 characters nothing is found; ordinals and numbers are looked for in up
 * to 1 000.
 *
 * @returns In the order in which they were said.
 * @throws {@link RecognizerMissingError} `DIALOGS_RECOGNIZER_MISSING`
 */
export function recognizeChoices(
  utterance: string,
  choices: (string | Choice)[],
  options: FindChoicesOptions = {},
): ModelResult<FoundChoice>[] {
  const said = utterance ?? ''
  if (said.length > MAX_UTTERANCE_LENGTH) return []
  const list = ChoiceFactory.toChoices(choices)
  const byName = findChoices(said, list, options)
  if (byName.length > 0 || list.length === 0) return byName

  const { recognizeOrdinals = true, recognizeNumbers = true, locale } = options
  const culture = locale ?? 'en-us'
  const byOrdinal = recognizeOrdinals ? chosenByNumber(textRecognizers.ordinals(said, culture), list) : []
  if (byOrdinal.length > 0 || !recognizeNumbers) return byOrdinal
  return chosenByNumber(textRecognizers.numbers(said, culture), list)
}

function chosenByNumber(numbers: readonly Recognized[], list: readonly Choice[]): ModelResult<FoundChoice>[] {
  return numbers
    .flatMap(({ start, end, text, resolution }) => {
      const index = parseInt(resolution.value, 10) - 1
      const choice = list[index]
      if (!choice) return []
      return [{ start, end, typeName: 'choice', text, resolution: { value: choice.value, index, score: 1 } }]
    })
    .sort((one, other) => one.start - other.start)
}
