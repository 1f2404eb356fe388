// JSON as a tree that opens and closes. Branches are made when they are opened, long texts and lists in pieces, so that a
// value of any size is cheap; every text is a text node.

import { button, make } from './dom.js'

const OPEN_DEPTH = 2
const OPEN_AT_MOST = 24
const TEXT_PIECE = 2_000
const LIST_PIECE = 100

/**
 * @typedef {object} JsonTree
 * @property {HTMLElement} element
 * @property {(pointer: string) => boolean} reveal - Opens what a JSON pointer names, marks it and scrolls there.
 */

/**
 * @param {unknown} value
 * @returns {JsonTree}
 */
export function jsonTree(value) {
  const element = make('div', { class: 'json' })
  const root = node(undefined, value, 0)
  element.append(root.element)
  return { element, reveal: (pointer) => reveal(element, root, pointer) }
}

function node(key, value, depth) {
  return typeof value === 'object' && value !== null ? branch(key, value, depth) : leaf(key, value)
}

function leaf(key, value) {
  return { element: make('div', { class: 'json__leaf' }, ...keyParts(key), scalar(value)), child: () => undefined }
}

function scalar(value) {
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number') return make('span', { class: 'json__number' }, String(value))
  return make('span', { class: 'json__word' }, String(value))
}

/** Quoted as JSON quotes it, so that line breaks and what cannot be seen are seen. */
function text(value) {
  const span = make('span', { class: 'json__string' }, make('bdi', {}, JSON.stringify(value.slice(0, TEXT_PIECE))))
  if (value.length <= TEXT_PIECE) return span
  const all = button({ class: 'button button--small' }, `Show all ${value.length.toLocaleString()} characters`)
  all.addEventListener('click', () => span.replaceChildren(make('bdi', {}, JSON.stringify(value))))
  span.append(' ', all)
  return span
}

function branch(key, value, depth) {
  const items = Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value)
  const children = make('div', { class: 'json__children' })
  const made = new Map()
  const makeMore = () => {
    const end = Math.min(items.length, made.size + LIST_PIECE)
    for (const [name, item] of items.slice(made.size, end)) {
      const child = node(name, item, depth + 1)
      made.set(String(name), child)
      children.append(child.element)
    }
    if (end < items.length) children.append(restButton(items.length - end, makeMore))
  }
  const element = make('details', {}, make('summary', {}, ...keyParts(key), sizeOf(value, items.length)), children)
  const open = () => {
    if (made.size === 0) makeMore()
  }
  element.addEventListener('toggle', () => element.open && open())
  if (depth < OPEN_DEPTH && items.length <= OPEN_AT_MOST) {
    open()
    element.open = true
  }
  const child = (name) => {
    element.open = true
    open()
    while (!made.has(name) && made.size < items.length) makeMore()
    return made.get(name)
  }
  return { element, child }
}

function restButton(count, makeMore) {
  const rest = button({ class: 'button button--small' }, `Show more (${count.toLocaleString()} left)`)
  rest.addEventListener('click', () => {
    rest.remove()
    makeMore()
  })
  return rest
}

function keyParts(key) {
  if (key === undefined) return []
  return [make('span', { class: 'json__key' }, make('bdi', {}, String(key))), ': ']
}

function sizeOf(value, count) {
  const noun = Array.isArray(value) ? 'item' : 'field'
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const size = count === 0 ? '' : ` ${count} ${noun}${count === 1 ? '' : 's'}`
  return make('span', { class: 'json__size' }, `${open}${count === 0 ? '' : '…'}${close}${size}`)
}

function reveal(tree, root, pointer) {
  let found = root
  for (const token of pointer.split('/').slice(1)) {
    const next = found.child(token.replaceAll('~1', '/').replaceAll('~0', '~'))
    // What is missing has no place; where it should be is shown instead.
    if (!next) break
    found = next
  }
  for (const marked of tree.querySelectorAll('.json__found')) marked.classList.remove('json__found')
  const mark = found.element.querySelector(':scope > summary') ?? found.element
  mark.classList.add('json__found')
  mark.scrollIntoView({ block: 'center' })
  return found !== root
}
