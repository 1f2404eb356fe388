// Failures that are still to happen, and the chips that show them.

import { call } from './api.js'
import { byId, fill, make } from './dom.js'
import { entries } from './entries.js'
import { connectorFaultName, tokenFaultName } from './fault-names.js'
import { attempt } from './notices.js'
import { sessions } from './session.js'

/** More than these are shown as a number. */
const MAX_CHIPS = 2
/** Calls come in numbers. */
const REFRESH_MS = 100

/**
 * @typedef {object} Armed
 * @property {string} name
 * @property {number} left - How often it still happens.
 * @property {string} path - What is deleted to disarm it.
 * @property {string} [conversationId]
 */

/** Tells `changed` when others are armed. */
export const armedFaults = new EventTarget()

let armed = []
let onOpen = () => {}

/** @returns {readonly Armed[]} */
export function allArmed() {
  return armed
}

/** Asks the service what is armed. */
export async function refreshArmed() {
  const [{ faults }, { pending }] = await Promise.all([call('GET', '/chat/faults'), call('GET', '/chat/token-faults')])
  armed = [
    ...faults.map(({ id, fault, left }) => ({
      name: connectorFaultName(fault),
      left,
      path: `/chat/faults/${id}`,
      conversationId: fault.conversationId,
    })),
    ...pending.map(({ id, kind, left }) => ({ name: tokenFaultName(kind), left, path: `/chat/token-faults/${id}` })),
  ]
  drawChips()
  armedFaults.dispatchEvent(new Event('changed'))
}

/** @param {Armed} fault */
export async function disarm({ path }) {
  // One that has happened meanwhile is not armed either.
  await call('DELETE', path).catch((error) => {
    if (error.status !== 404) throw error
  })
  await refreshArmed()
}

export async function disarmAll() {
  await Promise.all([call('DELETE', '/chat/faults'), call('DELETE', '/chat/token-faults')])
  await refreshArmed()
}

/** @param {() => void} open - What a click on a chip opens. */
export function setUpChips(open) {
  onOpen = open
  sessions.addEventListener('opened', () => void attempt(refreshArmed))
  // A failure happens to a call, and a call is an entry.
  for (const change of ['added', 'paused']) entries.addEventListener(change, refreshSoon)
}

let isRefreshing = false
function refreshSoon() {
  if (armed.length === 0 || isRefreshing) return
  isRefreshing = true
  setTimeout(() => {
    isRefreshing = false
    void attempt(refreshArmed)
  }, REFRESH_MS)
}

function drawChips() {
  const chips = armed.slice(0, MAX_CHIPS).map((fault) => chip(nameOf(fault), () => disarm(fault)))
  const rest = armed.length - MAX_CHIPS
  fill(byId('armed'), ...chips, rest > 0 && chip(`${rest} more`, disarmAll, 'Disarm all'))
}

/** @param {Armed} fault */
export function nameOf({ name, left }) {
  return left > 1 ? `${name} × ${left}` : name
}

function chip(text, take, label = `Disarm ${text}`) {
  return make(
    'span',
    { class: 'chip' },
    make('button', { type: 'button', title: 'Armed failure', onclick: onOpen }, text),
    make('button', { type: 'button', 'aria-label': label, onclick: () => void attempt(take) }, '✕'),
  )
}
