import { toWireActivity } from '@parley/core'
import type { PlacedActivity } from '@parley/core/internal'
import { differencesOf } from './compare-activities.ts'
import type { FieldDifference, IsIgnored } from './compare-activities.ts'
import { isSeen } from './play-transcript.ts'
import type { PlayedTurn } from './play-transcript.ts'

/** A way in which a turn did not go as recorded. */
export type ReplyDifference =
  /** A reply was recorded and did not come. */
  | { readonly kind: 'missing'; readonly place: string; readonly recorded: object }
  /** A reply came that was not recorded. */
  | { readonly kind: 'extra'; readonly place: string; readonly actual: object }
  /** A reply came and is not as recorded. */
  | { readonly kind: 'different'; readonly place: string; readonly fields: readonly FieldDifference[] }
  /** The bot did not take what the user said. */
  | { readonly kind: 'failed'; readonly place: string; readonly problem: string }

/** More than this is not aligned, but compared one by one. */
const MAX_ALIGNED = 1000

/** How a turn differs from its recording; nothing when it does not. */
export function turnDifferences(turn: PlayedTurn, isIgnored: IsIgnored): ReplyDifference[] {
  const { said, replies } = turn.recorded
  const place = said?.place ?? replies[0]?.place ?? 'before the first activity'
  const failed: ReplyDifference[] = turn.problem === undefined ? [] : [{ kind: 'failed', place, problem: turn.problem }]
  return [...failed, ...replyDifferences(replies.filter(isSeen), turn.replies.filter(isSeen), place, isIgnored)]
}

function replyDifferences(
  recorded: readonly PlacedActivity[],
  actual: readonly PlacedActivity[],
  turnPlace: string,
  isIgnored: IsIgnored,
): ReplyDifference[] {
  const compare = (one: PlacedActivity, other: PlacedActivity): FieldDifference[] =>
    differencesOf(plain(one), plain(other), { isIgnored, place: one.place })
  const pairs = align(recorded, actual, (one, other) => compare(one, other).length === 0)
  let place = turnPlace
  return pairs.flatMap(([one, other]): ReplyDifference[] => {
    place = one?.place ?? place
    if (one && other) {
      const fields = compare(one, other)
      return fields.length === 0 ? [] : [{ kind: 'different', place, fields }]
    }
    if (one) return [{ kind: 'missing', place, recorded: plain(one) }]
    return other ? [{ kind: 'extra', place, actual: plain(other) }] : []
  })
}

/** As on the wire: without what the parser adds. */
function plain({ activity }: PlacedActivity): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(toWireActivity(activity))) as Readonly<Record<string, unknown>>
}

type Pair = readonly [recorded: PlacedActivity | undefined, actual: PlacedActivity | undefined]

/**
 * Puts what is the same beside each other, in order, and what is left between in pairs: a reply that is too much does not make
 * all that follow look different.
 */
function align(
  recorded: readonly PlacedActivity[],
  actual: readonly PlacedActivity[],
  isSame: (one: PlacedActivity, other: PlacedActivity) => boolean,
): Pair[] {
  const matches = longestMatch(recorded, actual, isSame)
  const pairs: Pair[] = []
  let [left, right] = [0, 0]
  for (const [one, other] of [...matches, [recorded.length, actual.length] as const]) {
    const gap = Math.max(one - left, other - right)
    for (let step = 0; step < gap; step++) {
      pairs.push([left < one ? recorded[left++] : undefined, right < other ? actual[right++] : undefined])
    }
    if (one < recorded.length) pairs.push([recorded[left++], actual[right++]])
  }
  return pairs
}

/** Positions of the longest common subsequence. */
function longestMatch(
  recorded: readonly PlacedActivity[],
  actual: readonly PlacedActivity[],
  isSame: (one: PlacedActivity, other: PlacedActivity) => boolean,
): (readonly [number, number])[] {
  if (recorded.length > MAX_ALIGNED || actual.length > MAX_ALIGNED) {
    return recorded.flatMap((one, index) => {
      const other = actual[index]
      return other && isSame(one, other) ? [[index, index] as const] : []
    })
  }
  const same = recorded.map((one) => actual.map((other) => isSame(one, other)))
  const lengths = Array.from({ length: recorded.length + 1 }, () => new Uint16Array(actual.length + 1))
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0
  for (let row = recorded.length - 1; row >= 0; row--) {
    for (let column = actual.length - 1; column >= 0; column--) {
      const longest = same[row]?.[column]
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1))
      const line = lengths[row]
      if (line) line[column] = longest
    }
  }
  const matches: (readonly [number, number])[] = []
  for (let row = 0, column = 0; row < recorded.length && column < actual.length;) {
    if (same[row]?.[column]) matches.push([row++, column++])
    else if (at(row + 1, column) >= at(row, column + 1)) row++
    else column++
  }
  return matches
}
