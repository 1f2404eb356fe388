import { fieldsOf, listOf, textOf } from '../direct-line/wire-activity.ts'
import type { WireFields } from '../direct-line/wire-activity.ts'
import { stripToLine } from './strip-controls.ts'

/** A question an Adaptive Card asks. */
export interface CardInput {
  /** Name of the value. */
  readonly id: string
  /** What to ask, with what may be answered. */
  readonly question: string
  /** What is sent when the user only presses Enter; `undefined` when that is not enough. */
  readonly fallback: unknown
  /** Reads an answer. */
  parse(answer: string): { readonly value: unknown } | { readonly problem: string }
}

/** Reads an input of an Adaptive Card; `undefined` for what is none, or has no id, so that nothing of it can be sent. */
export function cardInput(element: WireFields): CardInput | undefined {
  const id = textOf(element['id'])
  const kind = /^Input\.(Text|Number|Date|Time|Toggle|ChoiceSet)$/.exec(textOf(element['type']))?.[1]
  if (!kind || id === '') return undefined
  const label = stripToLine(
    textOf(element['label']) || textOf(element['title']) || textOf(element['placeholder']) || id,
  )
  const given = textOf(element['value'])
  const isRequired = element['isRequired'] === true
  const { hint, read } = READERS[kind as keyof typeof READERS](element)
  const hints = [hint, given === '' ? '' : `Enter for ${stripToLine(given)}`, isRequired ? 'required' : ''].filter(
    Boolean,
  )
  const fallback = kind === 'Toggle' ? given || textOf(element['valueOff']) || 'false' : given
  return {
    id,
    question: hints.length > 0 ? `${label} (${hints.join('; ')})` : label,
    fallback: fallback === '' && isRequired ? undefined : fallback,
    parse: (answer) => {
      const value = read(answer)
      return value === undefined ? { problem: messageOf(element, hint) } : { value }
    },
  }
}

interface InputReader {
  /** What may be answered. */
  readonly hint: string
  /** `undefined` for what cannot be answered. */
  readonly read: (answer: string) => unknown
}

const READERS = {
  Text: (element: WireFields): InputReader => ({ hint: '', read: (answer) => withinLength(element, answer) }),
  Number: ({ min, max }: WireFields): InputReader => ({
    hint: `a number${typeof min === 'number' ? ` from ${min}` : ''}${typeof max === 'number' ? ` to ${max}` : ''}`,
    read: (answer) => {
      const value = answer.trim() === '' ? Number.NaN : Number(answer)
      const isInside = !(typeof min === 'number' && value < min) && !(typeof max === 'number' && value > max)
      return Number.isFinite(value) && isInside ? value : undefined
    },
  }),
  Date: (): InputReader => ({
    hint: 'a date such as 2026-12-24',
    read: (answer) => (/^\d{4}-\d\d-\d\d$/.test(answer) && !Number.isNaN(Date.parse(answer)) ? answer : undefined),
  }),
  Time: (): InputReader => ({
    hint: 'a time such as 17:30',
    read: (answer) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(answer) ? answer : undefined),
  }),
  Toggle: ({ valueOn, valueOff }: WireFields): InputReader => ({
    hint: 'yes or no',
    read: (answer) => {
      if (/^(y|yes|true|on|1)$/i.test(answer)) return textOf(valueOn) || 'true'
      return /^(n|no|false|off|0)$/i.test(answer) ? textOf(valueOff) || 'false' : undefined
    },
  }),
  ChoiceSet: (element: WireFields): InputReader => choiceReader(element),
}

/** Patterns are the bot's: some take forever, and the bot looks at the answer in any case. */
function withinLength({ maxLength }: WireFields, answer: string): string | undefined {
  return typeof maxLength === 'number' && answer.length > maxLength ? undefined : answer
}

function choiceReader({ choices, isMultiSelect }: WireFields): InputReader {
  const known = listOf(choices).map(({ title, value }) => ({ title: stripToLine(textOf(title)), value: textOf(value) }))
  const find = (answer: string): string | undefined => {
    const byNumber = /^\d+$/.test(answer) ? known[Number(answer) - 1] : undefined
    return (byNumber ?? known.find(({ title, value }) => [title, value].some((each) => isSame(each, answer))))?.value
  }
  const names = known.map(({ title }, index) => `${index + 1} ${title}`).join(', ')
  if (isMultiSelect !== true) return { hint: `one of ${names}`, read: (answer) => find(answer.trim()) }
  return {
    hint: `any of ${names}, with commas between them`,
    read: (answer) => {
      const values = answer.split(',').map((each) => find(each.trim()))
      return values.includes(undefined) ? undefined : values.join(',')
    },
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function messageOf(element: WireFields, hint: string): string {
  const message = stripToLine(textOf(fieldsOf(element)['errorMessage']))
  return message || (hint === '' ? 'That cannot be answered here.' : `Please answer with ${hint}.`)
}
