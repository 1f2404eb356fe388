// Menus below a button: arrows move in them, Escape and a click elsewhere close them.

import { make } from './dom.js'

const GAP = 4

/**
 * @typedef {{ label: string, do: () => void, isChecked?: boolean, isOff?: boolean } | { heading: string } | 'rule'} MenuItem
 */

/**
 * Gives a button a menu.
 *
 * @param {HTMLElement} opener
 * @param {() => readonly MenuItem[]} items - Asked for each time the menu opens.
 */
export function attachMenu(opener, items) {
  opener.setAttribute('aria-haspopup', 'menu')
  opener.setAttribute('aria-expanded', 'false')
  let menu
  opener.addEventListener('click', () => {
    // A click on the button of an open menu has closed it already.
    if (menu?.isConnected) return menu.hidePopover()
    menu = openMenu(opener, items())
  })
}

function openMenu(opener, items) {
  const label = opener.getAttribute('aria-label') ?? opener.textContent.trim()
  const menu = make('div', { class: 'menu', role: 'menu', popover: 'auto', 'aria-label': label })
  menu.append(...items.map((item) => itemElement(item, () => menu.hidePopover())))
  menu.addEventListener('keydown', (event) => moveIn(menu, event))
  menu.addEventListener('toggle', ({ newState }) => {
    opener.setAttribute('aria-expanded', String(newState === 'open'))
    if (newState !== 'closed') return
    const hadFocus = menu.contains(document.activeElement) || document.activeElement === document.body
    // Not before the click that closed it has reached the opener, which must see that there was a menu.
    setTimeout(() => menu.remove(), 0)
    if (hadFocus) opener.focus()
  })
  document.body.append(menu)
  menu.showPopover()
  place(menu, opener)
  menu.querySelector('[role^=menuitem]:not(:disabled)')?.focus()
  return menu
}

function itemElement(item, close) {
  if (item === 'rule') return make('hr', { class: 'menu__rule' })
  if ('heading' in item) return make('div', { class: 'menu__label', role: 'presentation' }, item.heading)
  const act = () => {
    close()
    item.do()
  }
  const role = item.isChecked === undefined ? 'menuitem' : 'menuitemradio'
  const attributes = {
    type: 'button',
    class: 'menu__item',
    role,
    'aria-checked': item.isChecked?.toString(),
    tabindex: -1,
  }
  return make('button', { ...attributes, disabled: item.isOff === true, onclick: act }, item.label)
}

function place(menu, opener) {
  const { left, right, bottom } = opener.getBoundingClientRect()
  const { offsetWidth, offsetHeight } = menu
  const { innerWidth, innerHeight } = globalThis
  const x = left + offsetWidth > innerWidth - GAP ? right - offsetWidth : left
  menu.style.left = `${Math.max(GAP, Math.min(x, innerWidth - offsetWidth - GAP))}px`
  menu.style.top = `${Math.max(GAP, Math.min(bottom + GAP, innerHeight - offsetHeight - GAP))}px`
}

function moveIn(menu, event) {
  const items = [...menu.querySelectorAll('[role^=menuitem]:not(:disabled)')]
  const at = items.indexOf(document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (event.key === 'Tab') return menu.hidePopover()
  if (next === undefined) return undefined
  items[(next + items.length) % items.length].focus()
  event.preventDefault()
  return undefined
}
