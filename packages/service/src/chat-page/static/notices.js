// Short messages at the edge of the page: what was done, and what could not be.

import { button, byId, fill, make } from './dom.js'
import { icon } from './icons.js'

const STAYS_MS = 6_000
const MAX_SHOWN = 4

/** Says that something was done; it goes away by itself. */
export function tell(text) {
  const notice = show(text, 'notice')
  setTimeout(() => notice.remove(), STAYS_MS)
}

/** Says that something could not be done; it stays until it is closed. */
export function complain(problem) {
  show(problem instanceof Error ? problem.message : String(problem), 'notice notice--bad')
}

/** Runs something a person asked for; what goes wrong is said. @returns whether it went well. */
export async function attempt(work) {
  try {
    await work()
    return true
  } catch (error) {
    complain(error)
    return false
  }
}

function show(text, className) {
  const notices = byId('notices')
  const notice = make('div', { class: className }, make('p', {}, text))
  const close = button({
    class: 'button button--bare button--square',
    'aria-label': 'Close this message',
    onclick: () => notice.remove(),
  })
  fill(close, icon('close'))
  notice.append(close)
  notices.append(notice)
  while (notices.children.length > MAX_SHOWN) notices.firstElementChild.remove()
  return notice
}
