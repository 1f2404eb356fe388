// Keyboard shortcuts, and the dialog that lists them.

import { openDialog } from './dialog.js'
import { isTyping, make } from './dom.js'

const OTHER_KEYS = [
  ['↑ ↓ Page Home End', 'in the list: pick another entry'],
  ['Enter', 'in the list: go to its detail'],
  ['← →', 'on tabs and on the bars between panes: move'],
  ['Ctrl+Enter', 'in the editor: send the activity'],
  ['Esc', 'close what was opened last'],
]

/**
 * Listens for shortcuts. `Alt` with a letter works everywhere; a bare sign only where no text is typed.
 *
 * @param {readonly { key?: string, code?: string, shown: string, means: string, do: () => void }[]} shortcuts - `code`: with `Alt`,
 * wherever the letter is on the keyboard.
 */
export function listenForKeys(shortcuts) {
  document.addEventListener('keydown', (event) => {
    const { altKey, ctrlKey, metaKey, code, key, target } = event
    if (ctrlKey || metaKey || document.querySelector('dialog[open]')) return
    const isBare = !altKey && !isTyping(target)
    const found = shortcuts.find((one) => (altKey && one.code === code) || (isBare && one.key === key))
    if (!found) return
    event.preventDefault()
    found.do()
  })
}

/** @param {readonly { shown: string, means: string }[]} shortcuts */
export function showShortcuts(shortcuts) {
  const rows = [...shortcuts.map(({ shown, means }) => [shown, means]), ...OTHER_KEYS]
  const lines = rows.map(([shown, means]) =>
    make('tr', {}, make('th', { scope: 'row' }, make('kbd', {}, shown)), make('td', {}, means)),
  )
  openDialog('Keyboard shortcuts', [make('table', { class: 'pairs pairs--keys' }, make('tbody', {}, ...lines))])
}
