import { table } from '../report.mjs'

/**
 * One line of the result.
 *
 * @typedef {object} Figure
 * @property {string} figure - What was measured, with its unit.
 * @property {number} value
 * @property {number} [digits] - After the decimal point. Default 0.
 * @property {number} [atLeast] - The goal. Without one the figure is told and not judged.
 * @property {number} [atMost]
 * @property {string} [note]
 */

/** @param {Figure} figure */
export function isMissed({ value, atLeast = -Infinity, atMost = Infinity }) {
  return !(value >= atLeast && value <= atMost)
}

/** @param {readonly Figure[]} figures */
export function figuresTable(figures) {
  const rows = figures.map((figure) => {
    const { value, digits = 0, note = '' } = figure
    return [figure.figure, value.toFixed(digits), goalOf(figure), verdictOf(figure), note]
  })
  return table(['figure', 'measured', 'goal', '', ''], rows).replaceAll(/ +$/gm, '')
}

/** @param {Figure} figure */
function goalOf({ atLeast, atMost }) {
  if (atLeast !== undefined) return `≥ ${atLeast}`
  if (atMost !== undefined) return atMost === 0 ? '0' : `≤ ${atMost}`
  return '–'
}

/** @param {Figure} figure */
function verdictOf(figure) {
  if (goalOf(figure) === '–') return ''
  return isMissed(figure) ? 'MISSED' : 'met'
}
