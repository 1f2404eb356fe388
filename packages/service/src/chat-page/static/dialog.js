// Dialogs: made when they open, gone when they close. Escape and a click beside them close them.

import { button, make } from './dom.js'
import { icon } from './icons.js'

let made = 0

/**
 * Opens a dialog.
 *
 * @param {string} title
 * @param {Node[]} content
 * @param {{ look?: 'side' | 'wide', onClose?: () => void }} [options]
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, content, { look, onClose } = {}) {
  made += 1
  const id = `dialog-${made}`
  const close = button({
    class: 'button button--bare button--square',
    'aria-label': 'Close',
    onclick: () => dialog.close(),
  })
  close.append(icon('close'))
  const dialog = make(
    'dialog',
    { class: look ? `dialog dialog--${look}` : 'dialog', 'aria-labelledby': id },
    make('div', { class: 'dialog__head' }, make('h2', { id }, title), close),
    make('div', { class: 'dialog__body' }, ...content),
  )
  dialog.addEventListener('close', () => {
    dialog.remove()
    onClose?.()
  })
  dialog.addEventListener('pointerdown', ({ target }) => {
    if (target === dialog) dialog.close()
  })
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/**
 * A form whose submission may fail; what went wrong is said beside its button.
 *
 * @param {readonly Node[]} fields
 * @param {{ action: string, submit: (values: Record<string, string>) => unknown, buttons?: Node[] }} options
 */
export function formOf(fields, { action, submit, buttons = [] }) {
  const problem = make('p', { class: 'form__problem', role: 'alert' })
  const main = button({ class: 'button button--main', type: 'submit' }, action)
  const form = make(
    'form',
    { class: 'form' },
    ...fields,
    make('div', { class: 'form__buttons' }, problem, ...buttons, main),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void run()
  })
  async function run() {
    problem.textContent = ''
    main.disabled = true
    try {
      await submit(Object.fromEntries(new FormData(form)))
    } catch (error) {
      problem.textContent = error.message
    } finally {
      main.disabled = false
    }
  }
  return form
}
