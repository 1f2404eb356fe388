// The order of entries: that in which things began.

/** @import { EntrySummary } from './entries.js' */

/** In one millisecond: what a client posts is said, then posted to the bot; what the bot posts is said. */
const RANKS = { 'from-client': 0, 'from-bot': 1, 'to-bot': 3 }
const RANK_OF_OTHERS = 2

/**
 * Exchanges are entered when they are over, and belong where they began.
 *
 * @param {readonly EntrySummary[]} entries
 * @returns {EntrySummary[]}
 */
export function inOrder(entries) {
  const saidTimes = new Map(entries.filter(beginsTurn).map(({ turn, at }) => [turn, at]))
  // What is said may be written down after the post to the bot was begun; it goes first all the same.
  const beginningOf = ({ at, way, turn }) => {
    const saidAt = way === 'to-bot' ? saidTimes.get(turn) : undefined
    return saidAt !== undefined && saidAt > at ? saidAt : at
  }
  return entries.toSorted((a, b) => {
    const [beginA, beginB] = [beginningOf(a), beginningOf(b)]
    if (beginA !== beginB) return beginA < beginB ? -1 : 1
    return rankOf(a) - rankOf(b) || a.seq - b.seq
  })
}

/** Whether it is the activity whose turn it belongs to. @param {EntrySummary} entry */
export function beginsTurn({ kind, activityId, turn }) {
  return kind === 'activity' && activityId !== undefined && activityId === turn
}

function rankOf({ way }) {
  return RANKS[way] ?? RANK_OF_OTHERS
}
