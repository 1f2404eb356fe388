// What the tabs of the detail show.

import { button, make, said } from './dom.js'
import { jsonTree } from './json-tree.js'

const TIME_CLAIMS = new Set(['iat', 'nbf', 'exp'])
const MARKS = new Map([
  [true, ['✓', 'passed']],
  [false, ['✗', 'failed']],
  [null, ['?', 'not known']],
])
const TONES = { error: 'bad', warning: 'wait', info: 'info' }

/** A message's body: JSON as a tree, anything else as it is. @param {object} message */
export function bodyView({ body, bytes, truncated }, trees) {
  const size = make(
    'p',
    { class: 'detail__hint' },
    `${bytes.toLocaleString()} bytes${truncated ? ', of which the first are shown' : ''}`,
  )
  if (body === undefined) return [make('p', { class: 'detail__hint' }, 'No body.')]
  const tree = jsonTree(body)
  trees?.push(tree)
  return [size, tree.element]
}

/** @param {{ request?: object, response?: object }} entry */
export function headersView({ request, response }) {
  return [
    ...(request ? [make('h3', {}, 'Request'), pairs(Object.entries(request.headers))] : []),
    ...(response ? [make('h3', {}, 'Response'), pairs(Object.entries(response.headers))] : []),
  ]
}

/** Who made the token, for whom, and why it was taken or not. */
export function tokenView({ header, claims, verdict, checks, advice }, status) {
  return [
    verdictView(verdict, advice, status),
    make('ul', { class: 'checks' }, ...checks.map(checkLine)),
    make('h3', {}, 'Claims'),
    pairs(Object.entries(claims).map(([name, value]) => [name, claimText(name, value)])),
    make('h3', {}, 'Header'),
    pairs(Object.entries(header).map(([name, value]) => [name, plain(value)])),
  ]
}

function verdictView(verdict, advice, status) {
  const titles = {
    accepted: 'The token was accepted',
    refused: `Why ${status === 403 ? 403 : 401}: the token was refused`,
    unknown: 'Nobody has said yet whether the token is good',
  }
  return make(
    'div',
    { class: `verdict verdict--${verdict}` },
    make('strong', {}, titles[verdict] ?? verdict),
    advice && said(advice),
  )
}

function checkLine({ name, passed, detail }) {
  const [mark, words] = MARKS.get(passed) ?? MARKS.get(null)
  return make(
    'li',
    {},
    make('span', { class: `checks__mark checks__mark--${passed}`, role: 'img', 'aria-label': words }, mark),
    make('span', {}, name),
    make('span', { class: 'checks__detail' }, said(detail)),
  )
}

function claimText(name, value) {
  if (!TIME_CLAIMS.has(name) || typeof value !== 'number') return plain(value)
  const date = new Date(value * 1000)
  return Number.isNaN(date.getTime())
    ? plain(value)
    : `${date.toLocaleString()} (${distance(value * 1000 - Date.now())}; ${value})`
}

function distance(ms) {
  const seconds = Math.round(Math.abs(ms) / 1000)
  const [count, unit] =
    seconds < 120
      ? [seconds, 's']
      : seconds < 7200
        ? [Math.round(seconds / 60), 'min']
        : [Math.round(seconds / 3600), 'h']
  return ms < 0 ? `${count} ${unit} ago` : `in ${count} ${unit}`
}

/** What a turn changed: path, before and after. */
export function stateView({ after, changes }) {
  const tree = jsonTree(after)
  return [
    make('h3', {}, 'Changes'),
    changes.length === 0
      ? make('p', { class: 'detail__hint' }, 'Written as it was before.')
      : make('div', { class: 'changes' }, ...changes.map(changeView)),
    make('h3', {}, 'Afterwards'),
    tree.element,
  ]
}

function changeView(change) {
  return make(
    'div',
    { class: 'change' },
    make('div', { class: 'change__path' }, said(change.path || '(everything)')),
    'before' in change && side('before', '−', change.before),
    'after' in change && side('after', '+', change.after),
  )
}

function side(name, sign, value) {
  return make(
    'div',
    { class: `change__side change__side--${name}` },
    make('span', { role: 'img', 'aria-label': name }, sign),
    said(JSON.stringify(value, null, 2) ?? ''),
  )
}

/** @param {readonly object[]} lints @param {(pointer: string) => void} jump */
export function lintsView(lints, jump) {
  const line = ({ rule, severity, message, path }) => {
    const parts = [
      make('span', { class: `badge badge--${TONES[severity] ?? 'info'}` }, rule),
      make('span', {}, make('span', { class: 'unseen' }, `${severity}: `), said(message)),
      path !== undefined && make('span', { class: 'lint__path' }, said(path || '(the whole)')),
    ]
    return path === undefined
      ? make('div', { class: 'lint' }, ...parts)
      : button({ class: 'lint', onclick: () => jump(path) }, ...parts)
  }
  return [make('ul', { class: 'lints' }, ...lints.map((lint) => make('li', {}, line(lint))))]
}

function pairs(entries) {
  if (entries.length === 0) return make('p', { class: 'detail__hint' }, 'None.')
  const rows = entries.map(([name, value]) =>
    make('tr', {}, make('th', { scope: 'row' }, said(name)), make('td', {}, said(value))),
  )
  return make('table', { class: 'pairs' }, make('tbody', {}, ...rows))
}

function plain(value) {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
