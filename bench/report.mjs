import { REFERENCE } from './candidates/index.mjs'

/**
 * @typedef {import('./candidates/index.mjs').Candidate} Candidate
 * @typedef {import('./measure/rounds.mjs').Turns} Turns
 * @typedef {import('./measure/import-time.mjs').ImportCost} ImportCost
 * @typedef {import('./measure/installed-weight.mjs').Weight} Weight
 *
 * @typedef {object} Results
 * @property {readonly Candidate[]} candidates
 * @property {readonly number[]} connections
 * @property {Map<string, Turns>} turns - By candidate.
 * @property {Map<string, ImportCost>} imports - By package.
 * @property {Map<string, Weight>} weights - By package.
 */

const MEGABYTE = 1024 * 1024

/**
 * The tables, as text. A ratio is this median by that of botbuilder.
 *
 * @param {Results} results
 */
export function report(results) {
  const blocks = results.connections.map((count) => turnsTable(results, count))
  return [...blocks, processTable(results), importTable(results), weightTable(results)].filter(Boolean).join('\n\n')
}

/**
 * @param {number[]} values
 * @returns {number}
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/**
 * @param {Results} results
 * @param {number} count
 */
function turnsTable({ candidates, turns }, count) {
  const valuesOf = (
    /** @type {string} */ name,
    /** @type {'cpuMicrosPerTurn' | 'turnsPerSecond' | 'p50Ms' | 'p99Ms'} */ key,
  ) => turns.get(name)?.windows[count]?.map((window) => window[key])
  const rows = candidates.map(({ name, title }) => [
    title,
    ...spread(valuesOf(name, 'cpuMicrosPerTurn'), valuesOf(REFERENCE, 'cpuMicrosPerTurn'), 0),
    ...spread(valuesOf(name, 'turnsPerSecond'), valuesOf(REFERENCE, 'turnsPerSecond'), 0),
    ...spread(valuesOf(name, 'p50Ms'), undefined, 2).slice(0, 1),
    ...spread(valuesOf(name, 'p99Ms'), valuesOf(REFERENCE, 'p99Ms'), 2),
  ])
  const head = [
    'CPU µs/turn',
    'min–max',
    'ratio',
    'turns/s',
    'min–max',
    'ratio',
    'p50 ms',
    'p99 ms',
    'min–max',
    'ratio',
  ]
  return table([`${count} connection${count === 1 ? '' : 's'}`, ...head], rows)
}

/** @param {Results} results */
function processTable({ candidates, turns }) {
  const rss = (/** @type {string} */ name) => turns.get(name)?.rssBytes.map((bytes) => bytes / MEGABYTE)
  const rows = candidates.map(({ name, title }) => [
    title,
    ...spread(rss(name), rss(REFERENCE), 0),
    ...spread(turns.get(name)?.firstReplyMs, turns.get(REFERENCE)?.firstReplyMs, 0),
  ])
  return table(['process', 'RSS MB', 'min–max', 'ratio', 'first reply ms', 'min–max', 'ratio'], rows)
}

/** @param {Results} results */
function importTable({ candidates, imports }) {
  const reference = imports.get(REFERENCE)
  const rows = packagesOf(candidates).flatMap((name) => {
    const cost = imports.get(name)
    if (!cost) return []
    const rss = cost.rssBytes.map((bytes) => bytes / MEGABYTE)
    return [
      [
        name,
        ...spread(cost.milliseconds, reference?.milliseconds, 0),
        `${cost.files}`,
        ...spread(rss, undefined, 0).slice(0, 1),
      ],
    ]
  })
  return rows.length === 0 ? '' : table(['require()', 'ms', 'min–max', 'ratio', 'files', 'RSS +MB'], rows)
}

/** @param {Results} results */
function weightTable({ candidates, weights }) {
  const reference = weights.get(REFERENCE)
  const rows = packagesOf(candidates).flatMap((name) => {
    const weight = weights.get(name)
    if (!weight) return []
    const ratio = reference ? (weight.bytes / reference.bytes).toFixed(2) : '–'
    return [[name, `${weight.packages}`, (weight.bytes / MEGABYTE).toFixed(1), ratio]]
  })
  return rows.length === 0 ? '' : table(['installed', 'packages', 'MB', 'ratio'], rows)
}

/** @param {readonly Candidate[]} candidates */
function packagesOf(candidates) {
  return candidates.flatMap((candidate) => (candidate.package ? [candidate.package.name] : []))
}

/**
 * Median, range and ratio.
 *
 * @param {number[] | undefined} values
 * @param {number[] | undefined} reference
 * @param {number} digits
 */
function spread(values, reference, digits) {
  if (!values || values.length === 0) return ['–', '–', '–']
  const format = (/** @type {number} */ value) => value.toFixed(digits)
  const range = `${format(Math.min(...values))}–${format(Math.max(...values))}`
  return [format(median(values)), range, reference ? (median(values) / median(reference)).toFixed(2) : '–']
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (/** @type {string[]} */ cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}
