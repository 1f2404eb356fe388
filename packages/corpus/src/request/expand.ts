import { CorpusInvalidError } from '../cases/corpus-errors.ts'
import { RawJson } from './json-text.ts'

/** What the texts of a case may name as `{{name}}`. */
export type Names = Readonly<Record<string, string>>

/** What a template is expanded with. */
export interface Expansion {
  readonly names: Names
  /** Seconds since the epoch that `$now` counts from. */
  readonly nowSeconds: number
}

/**
 * Makes a value of a template: replaces `{{name}}` in texts, and objects with one of these keys:
 *
 * - `$absent`: `undefined`, which removes the member
 * - `$now`: seconds since the epoch, plus the number
 * - `$nowText`: the same as a text
 * - `$times` with `$text`: the text that many times
 * - `$json`: a piece of JSON text as it is
 * - `$nested` (depth) with `$of` (`array` or `object`): that many arrays or objects inside each other, as JSON text
 * - `$list` with `$of`: that many copies
 *
 * An object with the key `$members` gets that many more members, `m0`, `m1`, ….
 *
 * @throws {@link CorpusInvalidError} `TESTING_CORPUS_INVALID`: a name nobody knows.
 */
export function expand(template: unknown, expansion: Expansion): unknown {
  if (typeof template === 'string') return expandText(template, expansion.names)
  if (Array.isArray(template)) return template.map((item) => expand(item, expansion))
  if (typeof template !== 'object' || template === null) return template
  return expandObject(template as Record<string, unknown>, expansion)
}

/** Replaces `{{name}}` in a text. */
export function expandText(template: string, names: Names): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = names[name]
    if (value === undefined) throw new CorpusInvalidError(`A case names {{${name}}}, which the world does not have.`)
    return value
  })
}

function expandObject(template: Record<string, unknown>, expansion: Expansion): unknown {
  const { $now, $nowText, $times, $text, $json, $nested, $list, $of, $members, ...rest } = template
  if ('$absent' in template) return undefined
  if (typeof $now === 'number') return expansion.nowSeconds + $now
  if (typeof $nowText === 'number') return String(expansion.nowSeconds + $nowText)
  if (typeof $times === 'number') return expandText(String($text), expansion.names).repeat($times)
  if (typeof $json === 'string') return new RawJson(expandText($json, expansion.names))
  if (typeof $nested === 'number') return new RawJson(nestedText($nested, $of === 'object'))
  if (typeof $list === 'number') return Array.from({ length: $list }, () => expand($of, expansion))
  const members = Object.entries(rest).map(([name, value]): [string, unknown] => [
    expandText(name, expansion.names),
    expand(value, expansion),
  ])
  if (typeof $members === 'number') for (let at = 0; at < $members; at += 1) members.push([`m${at}`, at])
  return Object.fromEntries(members)
}

function nestedText(depth: number, ofObjects: boolean): string {
  return ofObjects ? `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}` : '['.repeat(depth) + ']'.repeat(depth)
}
