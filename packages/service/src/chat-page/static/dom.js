// Making elements. Texts become text nodes and nothing else: whatever comes from the wire can never be markup.

/** @param {string} id */
export function byId(id) {
  return document.getElementById(id)
}

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {Record<string, string | number | boolean | EventListener | null | undefined>} [attributes] - `onclick` and the like are listeners; `false` and `undefined` are left out.
 * @param {...(Node | string | number | false | null | undefined)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === null) continue
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (name === 'value') element.value = value
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...present(children))
  return element
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...present(children))
}

/** A text from the wire, kept from turning the text around it. */
export function said(text) {
  return make('bdi', {}, text)
}

/** @param {Parameters<typeof make>[1]} attributes */
export function button(attributes, ...children) {
  return make('button', { type: 'button', class: 'button', ...attributes }, ...children)
}

/** A labelled field of a form. */
export function labelled(label, field) {
  return make('label', {}, label, field)
}

/** @param {readonly (readonly [value: string, label: string])[]} choices */
export function select(name, choices, attributes = {}) {
  const options = choices.map(([value, label]) => make('option', { value }, label))
  return make('select', { name, class: 'field', ...attributes }, ...options)
}

/** Whether keys that are typed now are text. */
export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

function present(children) {
  return children.filter((child) => child !== undefined && child !== null && child !== false)
}
