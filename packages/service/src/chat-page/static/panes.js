// Which panes are on screen: side by side with an inspector that can be closed, or one at a time on a narrow screen.

import { byId } from './dom.js'
import { keep } from './kept.js'
import { makeSplitter } from './splitter.js'

const narrow = matchMedia('(max-width: 45rem)')
const { dataset } = document.documentElement

export function isInspectorShown() {
  return narrow.matches ? dataset.pane === 'inspector' : dataset.inspector !== 'closed'
}

/** Opens or closes the inspector; on a narrow screen it takes the chat's place. */
export function showInspector(isShown) {
  if (narrow.matches) return showPane(isShown ? 'inspector' : 'chat')
  if (isShown) delete dataset.inspector
  else dataset.inspector = 'closed'
  keep('inspector', isShown ? 'open' : 'closed')
  showPressed()
}

/** @param {'chat' | 'inspector'} pane */
function showPane(pane) {
  dataset.pane = pane
  showPressed()
}

function showPressed() {
  byId('toggle-inspector').setAttribute('aria-pressed', String(isInspectorShown()))
  for (const choice of byId('pane-switch').children) {
    choice.setAttribute('aria-pressed', String(choice.dataset.pane === (dataset.pane ?? 'chat')))
  }
}

function toggleActions(isOpen) {
  byId('actions').classList.toggle('actions--open', isOpen)
  byId('more').setAttribute('aria-expanded', String(isOpen))
}

/** Puts the panes in place. */
export function setUpPanes() {
  makeSplitter(byId('splitter'), {
    share: 'chat-share',
    of: byId('panes'),
    isVertical: true,
    label: 'Width of the chat',
    controls: 'chat',
    initial: 40,
  })
  makeSplitter(byId('rows-splitter'), {
    share: 'list-share',
    of: byId('inspector'),
    isVertical: false,
    label: 'Height of the list',
    controls: 'entries',
    initial: 45,
  })
  byId('toggle-inspector').addEventListener('click', () => showInspector(!isInspectorShown()))
  byId('pane-switch').addEventListener('click', ({ target }) => {
    if (target.dataset.pane) showPane(target.dataset.pane)
  })
  byId('more').addEventListener('click', () => toggleActions(!byId('actions').classList.contains('actions--open')))
  document.addEventListener('click', ({ target }) => {
    // A menu among the actions stays beside its button.
    if (!target.closest('#more, #actions [aria-haspopup]')) toggleActions(false)
  })
  byId('actions').addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    toggleActions(false)
    byId('more').focus()
  })
  narrow.addEventListener('change', showPressed)
  showPressed()
}
