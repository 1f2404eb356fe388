import * as fc from 'fast-check'
import type { Arbitrary } from 'fast-check'
import { activityArbitrary } from './activity-arbitrary.ts'
import { mutateJson } from './mutate-json.ts'
import type { JsonMutation } from './mutate-json.ts'

/** A change to a text, character by character. */
interface TextMutation {
  readonly at: number
  readonly with: string
  readonly drops: number
}

/** Whose token a request carries: that of the channel, one that must be refused, a broken copy of a good one, or none. */
export type FuzzToken =
  | { readonly kind: 'valid' | 'none' | 'rogue' | 'audience' | 'expired' | 'issuer' }
  | { readonly kind: 'mutated'; readonly mutations: readonly TextMutation[] }

/** One request of a fuzzing run. */
export interface FuzzInput {
  readonly token: FuzzToken
  readonly body: Uint8Array
}

const mutation: Arbitrary<JsonMutation> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constant('value' as const) },
    { weight: 1, arbitrary: fc.constantFrom('drop', 'double', 'swap', 'replace', 'insert') },
  ),
  at: fc.nat(),
  pick: fc.nat(),
})

const textMutation: Arbitrary<TextMutation> = fc.record({
  at: fc.nat(),
  with: fc.string({ unit: 'grapheme-ascii', maxLength: 2 }),
  drops: fc.integer({ min: 0, max: 2 }),
})

const token: Arbitrary<FuzzToken> = fc.oneof(
  { weight: 14, arbitrary: fc.constant({ kind: 'valid' } as const) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('none', 'rogue', 'audience', 'expired', 'issuer') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('mutated' as const),
      mutations: fc.array(textMutation, { minLength: 1, maxLength: 3 }),
    }),
  },
)

/** Requests: activities, changed copies of activities, and noise, under tokens of every kind. */
export function fuzzInputArbitrary(serviceUrl: string): Arbitrary<FuzzInput> {
  const whole = activityArbitrary(serviceUrl).map((activity) => JSON.stringify(activity))
  const changed = fc
    .tuple(whole, fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([text, mutations]) => mutateJson(text, mutations))
  const body = fc.oneof(
    { weight: 10, arbitrary: whole.map(toBytes) },
    { weight: 10, arbitrary: changed.map(toBytes) },
    { weight: 2, arbitrary: fc.tuple(whole, fc.nat(), fc.nat({ max: 255 })).map(breakByte) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 6 }).map(toBytes) },
  )
  return fc.record({ token, body })
}

/** Changes characters of a text; places count modulo its length. */
export function mutateText(text: string, mutations: readonly TextMutation[]): string {
  return mutations.reduce((changed, { at, with: inserted, drops }) => {
    const place = at % (changed.length + 1)
    return changed.slice(0, place) + inserted + changed.slice(place + drops)
  }, text)
}

function toBytes(text: string): Uint8Array {
  return Buffer.from(text)
}

function breakByte([text, at, value]: [string, number, number]): Uint8Array {
  const bytes = Buffer.from(text)
  bytes[at % bytes.length] = value
  return bytes
}
