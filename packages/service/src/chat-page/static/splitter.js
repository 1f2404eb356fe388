// A bar between two panes, moved with the pointer or with arrow keys; where it is put is remembered in this browser.

import { keep, kept } from './kept.js'

const LEAST = 20
const MOST = 80
const STEP = 2

/**
 * @param {HTMLElement} bar
 * @param {object} options
 * @param {'chat-share' | 'list-share'} options.share - Percentage of `of` that the first pane has; a property of the page's style.
 * @param {HTMLElement} options.of
 * @param {boolean} options.isVertical - Whether the bar stands upright, between left and right.
 * @param {string} options.label
 * @param {string} options.controls - Id of the first pane.
 * @param {number} options.initial
 */
export function makeSplitter(bar, { share, of, isVertical, label, controls, initial }) {
  const put = (percent) => {
    const bounded = Math.round(Math.min(MOST, Math.max(LEAST, percent)) * 10) / 10
    document.documentElement.style.setProperty(`--${share}`, `${bounded}%`)
    bar.setAttribute('aria-valuenow', String(Math.round(bounded)))
    keep(share, String(bounded))
  }
  const now = () => Number(kept(share) ?? initial)
  const fromPointer = ({ clientX, clientY }) => {
    const { left, top, width, height } = of.getBoundingClientRect()
    put(isVertical ? ((clientX - left) / width) * 100 : ((clientY - top) / height) * 100)
  }
  const attributes = {
    role: 'separator',
    tabindex: '0',
    'aria-label': label,
    'aria-controls': controls,
    'aria-orientation': isVertical ? 'vertical' : 'horizontal',
    'aria-valuemin': String(LEAST),
    'aria-valuemax': String(MOST),
    'aria-valuenow': String(Math.round(now())),
  }
  for (const [name, value] of Object.entries(attributes)) bar.setAttribute(name, value)
  bar.addEventListener('pointerdown', (event) => {
    bar.setPointerCapture(event.pointerId)
    bar.classList.add('splitter--held')
    event.preventDefault()
  })
  bar.addEventListener('pointermove', (event) => {
    if (bar.hasPointerCapture(event.pointerId)) fromPointer(event)
  })
  bar.addEventListener('lostpointercapture', () => bar.classList.remove('splitter--held'))
  bar.addEventListener('dblclick', () => put(initial))
  bar.addEventListener('keydown', (event) => {
    const [less, more] = isVertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const next = { [less]: now() - STEP, [more]: now() + STEP, Home: LEAST, End: MOST }[event.key]
    if (next === undefined) return
    put(next)
    event.preventDefault()
  })
}
