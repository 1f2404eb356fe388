// Tabs over one panel, as assistive technology knows them: one is in the tab order, arrows go to the others.

import { fill, make } from './dom.js'

let made = 0

/**
 * @param {readonly { name: string, draw: () => Node[] }[]} tabs - At least one; `draw` is called when a tab is first shown.
 * @param {{ label: string, first?: string }} options
 */
export function tabView(tabs, { label, first }) {
  made += 1
  const panel = make('div', { id: `panel-${made}`, class: 'detail__panel', role: 'tabpanel', tabindex: 0 })
  const drawn = new Map()
  const heads = tabs.map(({ name }, index) =>
    make(
      'button',
      {
        type: 'button',
        id: `tab-${made}-${index}`,
        class: 'tab',
        role: 'tab',
        'aria-controls': panel.id,
        onclick: () => show(name),
      },
      name,
    ),
  )
  const list = make('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, ...heads)

  function show(name) {
    const index = Math.max(
      0,
      tabs.findIndex((tab) => tab.name === name),
    )
    const tab = tabs[index]
    heads.forEach((head, at) => {
      head.setAttribute('aria-selected', String(at === index))
      head.tabIndex = at === index ? 0 : -1
    })
    panel.setAttribute('aria-labelledby', heads[index].id)
    if (!drawn.has(tab.name)) drawn.set(tab.name, tab.draw())
    fill(panel, ...drawn.get(tab.name))
    panel.scrollTop = 0
    view.shown = tab.name
  }

  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const at = heads.indexOf(document.activeElement)
    const next = (at + step + heads.length) % heads.length
    show(tabs[next].name)
    heads[next].focus()
    event.preventDefault()
  })
  const view = { elements: [list, panel], show, shown: undefined, focus: () => panel.focus() }
  show(first ?? tabs[0].name)
  return view
}
