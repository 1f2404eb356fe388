// The list of entries. Only lines in view exist as elements, so that thousands cost as much as a screenful.

import { button, make } from './dom.js'
import { allEntries, areRefused, entries } from './entries.js'
import { isWanted } from './entry-filter.js'
import { entryRow, headRow } from './entry-row.js'
import { linesOf } from './entry-rows.js'

const ROW_REM = 1.875
const OVERSCAN = 8

/** A list of entries that follows new ones until the person scrolls up. */
export class EntryList {
  /**
   * @param {HTMLElement} place
   * @param {{ onPick: (entry: object | undefined, how: { isFinal: boolean }) => void }} options - `isFinal`: whether to go there, by
   * Enter or a double click.
   */
  constructor(place, { onPick }) {
    this.onPick = onPick
    this.wanted = { filter: 'all', search: '' }
    this.lines = []
    this.count = 0
    this.rows = new Map()
    this.picked = undefined
    this.isFollowing = true
    this.unread = 0
    this.space = make('div', { class: 'entries__space', role: 'presentation' })
    this.list = make(
      'div',
      { class: 'entries__list', role: 'listbox', tabindex: 0, 'aria-label': 'Entries' },
      this.space,
    )
    this.empty = make('p', { class: 'entries__empty' })
    this.more = button({
      class: 'button button--small button--main entries__new',
      hidden: true,
      onclick: () => this.follow(),
    })
    place.append(this.list, this.empty, this.more)
    this.list.addEventListener('scroll', () => this.scrolled(), { passive: true })
    this.list.addEventListener('click', (event) => this.clicked(event, false))
    this.list.addEventListener('dblclick', (event) => this.clicked(event, true))
    this.list.addEventListener('keydown', (event) => this.typed(event))
    new ResizeObserver(() => this.resized()).observe(this.list)
    entries.addEventListener('added', () => this.update())
    entries.addEventListener('reset', () => this.reset())
    this.update()
  }

  /** Shows those that fit. @param {{ filter?: string, search?: string }} wanted */
  want(wanted) {
    this.wanted = { ...this.wanted, ...wanted }
    this.update()
    this.unread = 0
    const index = this.indexOf(this.picked)
    if (index >= 0) this.bringIntoView(index)
    this.draw()
  }

  /** Picks an entry, and brings it into view. */
  pick(seq, { isFinal = false } = {}) {
    const index = this.indexOf(seq)
    this.picked = index < 0 ? undefined : seq
    if (index >= 0) this.bringIntoView(index)
    this.draw()
    this.onPick(this.lines[index]?.entry, { isFinal })
  }

  focus() {
    this.list.focus()
  }

  reset() {
    this.picked = undefined
    this.isFollowing = true
    this.rows.clear()
    this.space.replaceChildren()
    this.update()
    this.onPick(undefined, { isFinal: false })
  }

  update() {
    const before = this.count
    const wanted = allEntries().filter((entry) => isWanted(entry, this.wanted))
    this.lines = linesOf(wanted, allEntries())
    this.count = wanted.length
    this.unread = this.isFollowing ? 0 : this.unread + Math.max(0, wanted.length - before)
    this.space.style.height = `${this.lines.length * this.rowHeight()}px`
    this.empty.hidden = this.lines.length > 0
    this.empty.textContent = reasonToBeEmpty()
    if (this.isFollowing) this.list.scrollTop = this.space.offsetHeight
    this.draw()
  }

  follow() {
    this.isFollowing = true
    this.unread = 0
    this.list.scrollTop = this.space.offsetHeight
    this.draw()
  }

  rowHeight() {
    return ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize)
  }

  resized() {
    const picked = this.indexOf(this.picked)
    if (picked >= 0) this.bringIntoView(picked)
    else if (this.isFollowing) this.list.scrollTop = this.space.offsetHeight
    this.draw()
  }

  scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.list
    this.isFollowing = scrollTop + clientHeight >= scrollHeight - this.rowHeight() / 2
    if (this.isFollowing) this.unread = 0
    this.draw()
  }

  draw() {
    const height = this.rowHeight()
    const { scrollTop, clientHeight } = this.list
    const first = Math.max(0, Math.floor(scrollTop / height) - OVERSCAN)
    const end = Math.min(this.lines.length, Math.ceil((scrollTop + clientHeight) / height) + OVERSCAN)
    const drawn = []
    for (let index = first; index < end; index += 1) drawn.push(this.rowAt(index, height))
    const keys = new Set(drawn.map(({ key }) => key))
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue
      this.rows.delete(key)
      row.remove()
    }
    // Rows that stay are not touched: moving them would have the browser lay all of them out again.
    let next = this.space.firstElementChild
    for (const { row } of drawn) {
      if (row === next) next = next.nextElementSibling
      else this.space.insertBefore(row, next)
    }
    this.list.setAttribute('aria-activedescendant', this.rows.has(this.picked) ? `entry-${this.picked}` : '')
    this.more.hidden = this.unread === 0
    this.more.textContent = `${this.unread} new`
  }

  rowAt(index, height) {
    const line = this.lines[index]
    const key = line.entry?.seq ?? `head-${index}-${line.turn}`
    const row = this.rows.get(key) ?? (line.entry ? entryRow(line.entry) : headRow(line))
    this.rows.set(key, row)
    row.style.top = `${index * height}px`
    if (line.entry) {
      set(row, 'aria-selected', String(key === this.picked))
      set(row, 'aria-posinset', String(index + 1))
      set(row, 'aria-setsize', String(this.lines.length))
    }
    return { key, row }
  }

  indexOf(seq) {
    return seq === undefined ? -1 : this.lines.findIndex(({ entry }) => entry?.seq === seq)
  }

  bringIntoView(index) {
    const height = this.rowHeight()
    const { scrollTop, clientHeight } = this.list
    if (index * height < scrollTop) this.list.scrollTop = index * height
    else if ((index + 1) * height > scrollTop + clientHeight) this.list.scrollTop = (index + 1) * height - clientHeight
  }

  clicked({ target }, isFinal) {
    const row = target.closest('[data-seq]')
    if (row) this.pick(Number(row.dataset.seq), { isFinal })
  }

  typed(event) {
    const page = Math.max(1, Math.floor(this.list.clientHeight / this.rowHeight()) - 1)
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }
    const step = steps[event.key]
    if (step !== undefined) this.move(step)
    else if (event.key === 'Enter' && this.picked !== undefined) this.pick(this.picked, { isFinal: true })
    else return
    event.preventDefault()
  }

  /** Goes to the entry that many lines away, over headings. */
  move(step) {
    const start = this.indexOf(this.picked)
    const from = start < 0 ? (step > 0 ? -1 : this.lines.length) : start
    const last = this.lines.length - 1
    let index = Math.min(last, Math.max(0, from + step))
    const direction = step > 0 ? 1 : -1
    while (this.lines[index] && !this.lines[index].entry) index += index === 0 ? 1 : direction
    const { entry } = this.lines[index] ?? {}
    if (entry) this.pick(entry.seq)
  }
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}

function reasonToBeEmpty() {
  if (areRefused()) return 'The service reports nothing: its inspector is switched off.'
  return allEntries().length > 0
    ? 'No entry fits the filter.'
    : 'What the bot and its channel say to each other appears here.'
}
