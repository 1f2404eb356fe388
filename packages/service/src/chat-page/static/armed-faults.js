// Failures that are still to happen, and the chips that show them.

import { call } from './api.js'
import { byId, fill, make } from './dom.js'
import { allEntries, entries } from './entries.js'
import { connectorFaultName } from './fault-names.js'
import { attempt } from './notices.js'
import { sessions } from './session.js'

/** More than these are shown as a number. */
const MAX_CHIPS = 2

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
  const { faults } = await call('GET', '/chat/faults')
  armed = faults.map(({ id, fault, left }) => ({
    name: connectorFaultName(fault),
    left,
    path: `/chat/faults/${id}`,
    conversationId: fault.conversationId,
  }))
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
  await call('DELETE', '/chat/faults')
  await refreshArmed()
}

/** @param {() => void} open - What a click on a chip opens. */
export function setUpChips(open) {
  onOpen = open
  sessions.addEventListener('opened', () => void attempt(refreshArmed))
  entries.addEventListener('added', () => {
    // A failure happens to a call, and the call is an entry.
    if (armed.length > 0 && allEntries().at(-1)?.kind === 'http') void attempt(refreshArmed)
  })
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
