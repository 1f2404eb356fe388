/**
 * @typedef {import('./talker.mjs').Activity} Activity
 * @typedef {{ lost: number, doubled: number, misplaced: number }} Faults
 */

/**
 * What a client missed, got twice, or got in the wrong place. The record of the service and what its stream brought must both
 * hold every acknowledged message with its echo, once, in the order they were said.
 *
 * @param {{ received: readonly Activity[], acknowledged: readonly string[] }} talker
 * @param {readonly Activity[]} record
 * @returns {Faults}
 */
export function faultsOf({ received, acknowledged }, record) {
  const expected = acknowledged.flatMap((text) => [text, `Echo: ${text}`])
  const ids = record.map(({ id }) => id)
  return [received, record].reduce(
    (faults, side) => {
      const texts = side.map(({ text = '' }) => text)
      const present = new Set(texts)
      const inOrder = texts.filter((text, index) => expected.includes(text) && texts.indexOf(text) === index)
      const ofSide = side.map(({ id }) => id)
      const isSorted = ofSide.every((id, index) => index === 0 || (ofSide[index - 1] ?? '') < id)
      return {
        lost: faults.lost + expected.filter((text) => !present.has(text)).length + missing(ids, ofSide),
        doubled: faults.doubled + (texts.length - present.size) + (ofSide.length - new Set(ofSide).size),
        misplaced: faults.misplaced + (isSorted && isSame(inOrder, expected) ? 0 : 1),
      }
    },
    { lost: 0, doubled: 0, misplaced: 0 },
  )
}

/**
 * @param {readonly string[]} all
 * @param {readonly string[]} some
 */
function missing(all, some) {
  const known = new Set(some)
  return all.filter((id) => !known.has(id)).length
}

/**
 * @param {readonly string[]} some
 * @param {readonly string[]} others
 */
function isSame(some, others) {
  const rest = some.filter((text) => others.includes(text))
  return others.filter((text) => some.includes(text)).every((text, index) => rest[index] === text)
}
