import type { Choice } from './choice.ts'
import { ChoiceFactory } from './choice-factory.ts'
import { findValues, type FindValuesOptions, type SortedValue } from './find-values.ts'
import type { ModelResult } from './model-result.ts'

/** How choices are looked for. */
export interface FindChoicesOptions extends FindValuesOptions {
  /** Whether the value itself is not a name of the choice; default false. */
  noValue?: boolean
  /** Whether the title of the choice's button is not a name of the choice; default false. */
  noAction?: boolean
  /** Whether a number names the choice of that number; default true. Only {@link recognizeChoices} looks at it. */
  recognizeNumbers?: boolean
  /** Whether "the second" names the second choice; default true. Only {@link recognizeChoices} looks at it. */
  recognizeOrdinals?: boolean
}

/** A choice that was made. */
export interface FoundChoice {
  /** {@link Choice.value} of the choice. */
  value: string
  /** Index of the choice in the list, from 0. */
  index: number
  /** 0 to 1: how well what was said fits. */
  score: number
  /** The name of the choice that was said; absent when it was chosen by its number. */
  synonym?: string
}

/**
 * Finds choices in an utterance by their names: the value, the title of the button, the synonyms.
 *
 * @returns In the order in which they were said.
 */
export function findChoices(
  utterance: string,
  choices: (string | Choice)[],
  options: FindChoicesOptions = {},
): ModelResult<FoundChoice>[] {
  const list = ChoiceFactory.toChoices(choices)
  const names = list.flatMap((choice, index) =>
    namesOf(choice, options).map((value): SortedValue => ({ value, index })),
  )
  return findValues(utterance, names, options).map((found) => {
    const { index, score, value: synonym } = found.resolution
    const value = list[index]?.value ?? synonym
    return { ...found, typeName: 'choice', resolution: { value, index, score, synonym } }
  })
}

function namesOf({ value, action, synonyms = [] }: Choice, { noValue, noAction }: FindChoicesOptions): string[] {
  return [...(noValue ? [] : [value]), ...(action?.title && !noAction ? [action.title] : []), ...(synonyms ?? [])]
}
