// Everything about the entry that is picked.

import { bodyView, headersView, lintsView, stateView, tokenView } from './detail-views.js'
import { button, fill, make, said } from './dom.js'
import { readEntry } from './entries.js'
import { timeOf, titleOf } from './entry-row.js'
import { icon } from './icons.js'
import { jsonTree } from './json-tree.js'
import { attempt, tell } from './notices.js'
import { tabView } from './tabs.js'

/** The pane below the list. */
export class Detail {
  /**
   * @param {HTMLElement} place
   * @param {{ onClose: () => void, onSendAgain: (activity: object) => void }} options
   */
  constructor(place, { onClose, onSendAgain }) {
    this.place = place
    this.onClose = onClose
    this.onSendAgain = onSendAgain
    this.wanted = undefined
    this.reading = Promise.resolve()
    this.lastTab = undefined
    place.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      this.onClose()
    })
  }

  /** Shows an entry; none closes the pane. @param {import('./entries.js').EntrySummary | undefined} summary */
  async show(summary, { isFocused = false } = {}) {
    const isSame = summary !== undefined && this.wanted === summary.seq
    this.wanted = summary?.seq
    this.place.hidden = summary === undefined
    if (!summary) return
    if (!isSame) this.reading = this.read(summary)
    await this.reading
    if (isFocused && this.wanted === summary.seq) this.tabs?.focus()
  }

  async read(summary) {
    try {
      const entry = await readEntry(summary.seq)
      // Another one was picked meanwhile.
      if (this.wanted === summary.seq) this.draw({ ...summary, ...entry })
    } catch (error) {
      if (this.wanted === summary.seq) this.drawMissing(summary, error)
    }
  }

  drawMissing(summary, error) {
    this.tabs = undefined
    fill(this.place, this.head(summary, []), make('p', { class: 'detail__problem' }, error.message))
  }

  draw(entry) {
    const { problem } = entry
    const activity = activityOf(entry)
    const copy = button({ class: 'button button--bare button--small', onclick: () => void copyJson(entry) })
    copy.append(icon('copy'), make('span', { class: 'button__text' }, 'Copy as JSON'))
    const again = button({ class: 'button button--bare button--small', onclick: () => this.onSendAgain(activity) })
    again.append(icon('again'), make('span', { class: 'button__text' }, 'Send again …'))
    // A token that was refused is what went wrong; otherwise the part that was looked at last.
    const first = entry.token?.verdict === 'refused' ? 'Token' : this.lastTab
    this.tabs = tabView(this.tabsOf(entry), { label: 'Parts of the entry', first })
    const remember = () => (this.lastTab = this.tabs?.shown)
    for (const element of this.tabs.elements) element.addEventListener('click', remember)
    fill(
      this.place,
      this.head(entry, activity ? [again, copy] : [copy]),
      problem !== undefined && make('p', { class: 'detail__problem' }, said(problem)),
      ...this.tabs.elements,
    )
  }

  head(entry, actions) {
    const close = button({
      class: 'button button--bare button--square',
      'aria-label': 'Close the detail',
      onclick: this.onClose,
    })
    close.append(icon('close'))
    const title = make('h2', { class: 'detail__title' }, said(titleOf(entry)), ` · ${timeOf(entry.at)}`)
    return make('div', { class: 'detail__head' }, title, ...actions, close)
  }

  tabsOf(entry) {
    const { activity, request, response, token, state, lints = [], status } = entry
    const trees = {}
    const tree = (name, value) => () => {
      trees[name] = jsonTree(value)
      return [trees[name].element]
    }
    const body = (name, message) => () => {
      const made = []
      const view = bodyView(message, made)
      trees[name] = made[0]
      return view
    }
    const subject = activity ? 'Activity' : 'Request'
    const jump = (path) => {
      this.tabs.show(subject)
      trees[subject]?.reveal(path)
    }
    const tabs = [
      state && { name: 'State', draw: () => stateView(state) },
      activity && { name: 'Activity', draw: tree('Activity', activity) },
      request && { name: 'Request', draw: body('Request', request) },
      response && { name: 'Response', draw: body('Response', response) },
      token && { name: 'Token', draw: () => tokenView(token, status) },
      (request || response) && { name: 'Headers', draw: () => headersView(entry) },
      lints.length > 0 && { name: `Lints (${lints.length})`, draw: () => lintsView(lints, jump) },
    ].filter(Boolean)
    return tabs.length > 0 ? tabs : [{ name: 'Entry', draw: tree('Entry', entry) }]
  }
}

/** The activity an entry is about, also when it is what a request carried. */
function activityOf({ activity, request }) {
  return activity ?? (typeof request?.body?.type === 'string' ? request.body : undefined)
}

async function copyJson(entry) {
  const { activity, seq: _seq, ...rest } = entry
  const isCopied = await attempt(() => navigator.clipboard.writeText(JSON.stringify(activity ?? rest, null, 2)))
  if (isCopied) tell('Copied.')
}
