// How a line of the list looks.

import { make, said } from './dom.js'
import { icon } from './icons.js'

/** @import { EntrySummary } from './entries.js' */

const WAYS = {
  'to-bot': ['right', 'bot'],
  'from-bot': ['left', 'bot'],
  'from-client': ['right', 'client'],
}
const SENDERS = { user: 'right', bot: 'left', channel: 'right' }

/** @param {string} at - ISO. */
export function timeOf(at) {
  const date = new Date(at)
  const two = (number) => String(number).padStart(2, '0')
  const ms = String(date.getMilliseconds()).padStart(3, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`
}

/** Ids in a path are too long for a line; their ends tell them apart. @param {string} path */
function shortPath(path) {
  return path.replaceAll(/[^/?]{20,}/g, (segment) => `${segment.slice(0, 5)}…${segment.slice(-5)}`)
}

/** @param {EntrySummary} entry */
export function titleOf({ kind, method, path, status, type, change, from, scope, text }) {
  if (kind === 'http') return `${method} ${shortPath(path)} ${status ?? 'no answer'}`
  if (kind === 'activity') return `${type} ${change === 'sent' ? 'from' : `${change} by`} ${from}`
  return kind === 'state' ? `State: ${scope}` : (text ?? 'Note')
}

/** @param {{ label: string, what: string, goesOn: boolean }} line */
export function headRow({ label, what, goesOn }) {
  const text = goesOn ? `${label}, continued` : label
  return make('div', { class: 'row row--head', role: 'presentation' }, text, what && said(what))
}

/** @param {EntrySummary} entry */
export function entryRow(entry) {
  const { seq, kind, turn, at, ms } = entry
  return make(
    'div',
    {
      id: `entry-${seq}`,
      class: `row row--${kind}${turn === undefined ? '' : ' row--turn'}`,
      role: 'option',
      'data-seq': seq,
    },
    make('time', { class: 'row__time', datetime: at }, timeOf(at)),
    ' ',
    wayOf(entry),
    ' ',
    whatOf(entry),
    ' ',
    make('span', { class: 'row__marks' }, ...marksOf(entry).flatMap((mark) => [mark, ' '])),
    ' ',
    make('span', { class: 'row__ms' }, ms === undefined ? '' : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`),
  )
}

function wayOf({ kind, way, from }) {
  if (kind === 'http') {
    const [arrow, who] = WAYS[way] ?? ['right', '']
    return make('span', { class: 'row__way' }, icon(arrow), who)
  }
  if (kind === 'activity')
    return make('span', { class: `row__way row__way--${from}` }, icon(SENDERS[from] ?? 'right'), from)
  return make('span', { class: `row__way row__way--${kind}` }, icon(kind === 'state' ? 'database' : 'help'), kind)
}

function whatOf({ kind, method, path, type, change, text, scope, changes, problem }) {
  const what = make('span', { class: 'row__what' })
  if (kind === 'http') what.append(make('code', { title: path }, method, ' ', said(shortPath(path))))
  if (kind === 'activity') {
    what.append(make('strong', {}, said(type)), change === 'sent' ? ' ' : ` ${change} `, said(text ?? ''))
  }
  if (kind === 'state')
    what.append(make('strong', {}, said(scope)), ` ${changes} ${changes === 1 ? 'change' : 'changes'}`)
  if (kind === 'note') what.append(said(text ?? problem ?? ''))
  return what
}

function marksOf({ kind, status, lints, problem }) {
  const marks = []
  if (problem !== undefined)
    marks.push(make('span', { class: 'badge badge--bad', title: problem }, icon('warning'), unseen('Problem')))
  if (lints?.error) marks.push(lintMark('bad', lints.error, 'error'))
  if (lints?.warning) marks.push(lintMark('wait', lints.warning, 'warning'))
  if (lints?.info) marks.push(lintMark('info', lints.info, 'hint'))
  if (kind === 'http') marks.push(make('span', { class: `badge badge--${toneOf(status)}` }, status ?? 'no answer'))
  return marks
}

function lintMark(tone, count, noun) {
  const title = `${count} ${noun}${count === 1 ? '' : 's'}`
  return make('span', { class: `badge badge--${tone}`, title }, count, unseen(` ${noun}${count === 1 ? '' : 's'}`))
}

function toneOf(status) {
  if (status === undefined || status >= 500) return 'bad'
  return status >= 400 ? 'wait' : 'good'
}

function unseen(text) {
  return make('span', { class: 'unseen' }, text)
}
