// What the service reports of this conversation, in order, as it comes.

import { call } from './api.js'
import { inOrder } from './entry-order.js'
import { sessions } from './session.js'

/** Older ones are dropped; the service forgets them at about the same time. */
const MAX_ENTRIES = 5_000

/**
 * @typedef {object} EntrySummary
 * @property {number} seq
 * @property {string} at
 * @property {'http' | 'activity' | 'state' | 'note'} kind
 * @property {string} [turn]
 * @property {'to-bot' | 'from-bot' | 'from-client'} [way]
 * @property {string} [method]
 * @property {string} [path]
 * @property {number} [status]
 * @property {number} [ms]
 * @property {'user' | 'bot' | 'channel'} [from]
 * @property {'sent' | 'updated' | 'deleted'} [change]
 * @property {string} [type]
 * @property {string} [text]
 * @property {string} [activityId]
 * @property {string} [scope]
 * @property {number} [changes]
 * @property {{ error: number, warning: number, info: number }} [lints]
 * @property {string} [problem]
 */

/** Tells `added` when there are more, `reset` when they are others, `paused` when following stops or goes on. */
export const entries = new EventTarget()

let all = []
let waiting = []
/** Entries come in bursts, which are let in together. */
let burst = []
let lastSeq = 0
let isPaused = false
let isRefused = false
let conversationId
let source

/** @returns {readonly EntrySummary[]} */
export function allEntries() {
  return all
}

export function waitingCount() {
  return waiting.length
}

/** Whether what comes is kept back. */
export function arePaused() {
  return isPaused
}

/** Keeps back what comes, or lets it in again. */
export function pauseEntries(pause) {
  isPaused = pause
  if (!pause) letIn(waiting.splice(0))
  entries.dispatchEvent(new Event('paused'))
}

/** Makes the service and the page forget the entries of this conversation. */
export async function clearEntries() {
  await call('DELETE', `/chat/inspector/entries?${new URLSearchParams({ conversation: conversationId })}`)
  empty()
}

/** @returns {Promise<any>} everything about an entry. */
export function readEntry(seq) {
  return call('GET', `/chat/inspector/entries/${seq}`)
}

/** Whether the service has said that it reports nothing. */
export function areRefused() {
  return isRefused
}

function refuse() {
  isRefused = true
  entries.dispatchEvent(new Event('reset'))
}

function empty() {
  all = []
  waiting = []
  burst = []
  entries.dispatchEvent(new Event('reset'))
}

function letIn(more) {
  if (more.length === 0) return
  all = inOrder([...all, ...more]).slice(-MAX_ENTRIES)
  entries.dispatchEvent(new Event('added'))
}

function take(entry) {
  // A service that was started again counts from one.
  if (entry.seq <= lastSeq) empty()
  lastSeq = entry.seq
  if (burst.length === 0) setTimeout(letBurstIn, 16)
  burst.push(entry)
}

function letBurstIn() {
  const more = burst
  burst = []
  if (!isPaused) return letIn(more)
  waiting = [...waiting, ...more].slice(-MAX_ENTRIES)
  entries.dispatchEvent(new Event('paused'))
}

/**
 * A browser opens six connections to a host over all its tabs, and a stream is one of them; so a tab nobody looks at gives
 * its own up, and goes on behind the last entry when it is seen again.
 */
function connect() {
  source?.close()
  if (conversationId === undefined || document.hidden) return
  const query = new URLSearchParams({ conversation: conversationId, after: String(lastSeq) })
  source = new EventSource(`/chat/inspector/stream?${query}`)
  const opened = conversationId
  source.addEventListener('entry', ({ data }) => {
    if (opened === conversationId) take(JSON.parse(data))
  })
  source.addEventListener('error', ({ target }) => {
    if (target.readyState === EventSource.CLOSED) refuse()
  })
}

sessions.addEventListener('opened', ({ detail }) => {
  conversationId = detail.conversationId
  isRefused = false
  lastSeq = 0
  empty()
  connect()
})
document.addEventListener('visibilitychange', connect)
