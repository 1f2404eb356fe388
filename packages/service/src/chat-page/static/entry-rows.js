// Lines of the list: the entries, and a heading where those of another turn begin.

import { beginsTurn } from './entry-order.js'

/** @import { EntrySummary } from './entries.js' */

/**
 * @typedef {{ entry: EntrySummary } | { turn: string, label: string, goesOn: boolean }} Line
 */

/**
 * @param {readonly EntrySummary[]} wanted - What is to be listed.
 * @param {readonly EntrySummary[]} all - Where the activity that began a turn is found.
 * @returns {Line[]}
 */
export function linesOf(wanted, all) {
  const beginnings = beginningsOf(all)
  const seen = new Map()
  const lines = []
  let last
  for (const entry of wanted) {
    const { turn } = entry
    if (turn !== undefined && turn !== last) lines.push(heading(turn, beginnings.get(turn), seen))
    // What belongs to no turn, such as a token request, does not end the one it comes in.
    last = turn ?? last
    lines.push({ entry })
  }
  return lines
}

function beginningsOf(all) {
  const beginnings = new Map()
  for (const entry of all) {
    if (beginsTurn(entry) && !beginnings.has(entry.turn)) beginnings.set(entry.turn, entry)
  }
  return beginnings
}

function heading(turn, beginning, seen) {
  const goesOn = seen.has(turn)
  const number = seen.get(turn) ?? seen.size + 1
  seen.set(turn, number)
  const what = beginning ? beginning.text || beginning.type : ''
  return { turn, label: `Turn ${number}`, what, goesOn }
}
