// The inspector: its tools, its list and its detail, and what ties it to the chat.

import { editActivity, withoutStamps } from './activity-editor.js'
import { bubbles, markBubble } from './chat.js'
import { Detail } from './detail.js'
import { button, byId, fill, make } from './dom.js'
import { allEntries, arePaused, clearEntries, entries, pauseEntries, waitingCount } from './entries.js'
import { FILTERS } from './entry-filter.js'
import { EntryList } from './entry-list.js'
import { icon } from './icons.js'
import { attempt } from './notices.js'
import { isInspectorShown, showInspector } from './panes.js'
import { showStateNow } from './state-now.js'

let list
let detail
const filterButtons = new Map()
const search = make('input', {
  type: 'search',
  class: 'field tools__search',
  placeholder: 'Search',
  'aria-label': 'Search the entries',
})

export function setUpInspector() {
  list = new EntryList(byId('entries'), { onPick: (entry, { isFinal }) => void showDetail(entry, isFinal) })
  detail = new Detail(byId('detail'), {
    onClose: () => {
      list.pick(undefined)
      list.focus()
    },
    onSendAgain: (activity) => editActivity(withoutStamps(activity)),
  })
  fill(byId('tools'), filters(), search, doings())
  search.addEventListener('input', () => list.want({ search: search.value.trim() }))
  search.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowDown' || key === 'Enter') list.focus()
  })
  bubbles.addEventListener('picked', ({ detail: activityId }) => pickActivity(activityId))
}

/** Goes to the search field. */
export function searchEntries() {
  showInspector(true)
  search.focus()
  search.select()
}

async function showDetail(entry, isFinal) {
  byId('inspector').classList.toggle('inspector--detail', entry !== undefined)
  byId('rows-splitter').hidden = entry === undefined
  markBubble(entry?.activityId)
  await detail.show(entry, { isFocused: isFinal })
}

/** Picks the entry of a bubble, also one that the filter hides. */
function pickActivity(activityId) {
  const found = allEntries().findLast(({ kind, activityId: id }) => kind === 'activity' && id === activityId)
  if (!found || !isInspectorShown()) return
  search.value = ''
  wantFilter('all')
  list.want({ search: '' })
  list.pick(found.seq)
}

function wantFilter(filter) {
  for (const [name, choice] of filterButtons) choice.setAttribute('aria-pressed', String(name === filter))
  list.want({ filter })
}

function filters() {
  for (const [filter, label] of FILTERS) {
    const look = { class: 'button button--bare button--small', 'aria-pressed': String(filter === 'all') }
    filterButtons.set(filter, button({ ...look, onclick: () => wantFilter(filter) }, label))
  }
  return make('div', { class: 'tools__filters', role: 'group', 'aria-label': 'Filter' }, ...filterButtons.values())
}

function doings() {
  const look = { class: 'button button--bare button--small' }
  const pause = button({ ...look, onclick: () => pauseEntries(!arePaused()) })
  const clear = button(
    { ...look, 'aria-label': 'Clear', title: 'Clear', onclick: () => void attempt(clearEntries) },
    icon('bin'),
  )
  const state = { ...look, 'aria-label': 'State now', title: 'State now', onclick: () => void showStateNow() }
  const draw = () => {
    const label = arePaused() ? 'Go on' : 'Pause'
    pause.setAttribute('aria-label', label)
    pause.title = label
    fill(pause, icon(arePaused() ? 'play' : 'pause'), waitingCount() > 0 && `${waitingCount()} new`)
  }
  draw()
  entries.addEventListener('paused', draw)
  entries.addEventListener('reset', draw)
  return make('div', { class: 'tools__do' }, button(state, icon('database')), pause, clear)
}
