// An editor for any activity as JSON, sent in the channel's name, with the bot's answer below it.

import { call, conversationPath } from './api.js'
import { openDialog } from './dialog.js'
import { button, fill, labelled, make, said, select } from './dom.js'
import { jsonTree } from './json-tree.js'
import { currentSession } from './session.js'

const TEMPLATES = {
  Message: { type: 'message', text: 'Hello', textFormat: 'plain', locale: 'en-US' },
  'Message with a value': { type: 'message', text: '', value: { choice: 'one' } },
  Event: { type: 'event', name: 'my-event', value: { key: 'value' } },
  Invoke: { type: 'invoke', name: 'my-invoke', value: { key: 'value' } },
  'Conversation update': { type: 'conversationUpdate', membersAdded: [{ id: 'dl_guest', name: 'Guest' }] },
  'Message reaction': { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '' },
  'Installation update': { type: 'installationUpdate', action: 'add' },
  Handoff: { type: 'handoff', value: { reason: 'asked for a person' } },
}

/** What the service stamps on the way; an activity that is sent again gets its own. */
const STAMPED = [
  'id',
  'timestamp',
  'localTimestamp',
  'serviceUrl',
  'conversation',
  'recipient',
  'from',
  'channelId',
  'callerId',
]

/** @param {Record<string, unknown>} activity */
export function withoutStamps(activity) {
  return Object.fromEntries(Object.entries(activity).filter(([name]) => !STAMPED.includes(name)))
}

/** Opens the editor. @param {object} [activity] - What it begins with. */
export function editActivity(activity = TEMPLATES.Message) {
  const editor = make('textarea', { class: 'field editor', 'aria-label': 'Activity as JSON', spellcheck: 'false' })
  editor.value = JSON.stringify(activity, null, 2)
  const names = Object.keys(TEMPLATES).map((name) => [name, name])
  const template = select('template', [['', 'As it is'], ...names])
  const problem = make('p', { class: 'form__problem', role: 'alert' })
  const send = button({ class: 'button button--main', title: 'Ctrl+Enter' }, 'Send')
  const answer = make('div', { 'aria-live': 'polite' })

  const check = () => {
    const { error } = parse(editor.value)
    problem.textContent = error ?? ''
    send.disabled = error !== undefined
    return error === undefined
  }
  const submit = async () => {
    if (!check()) return
    send.disabled = true
    fill(answer, make('p', {}, 'Waiting for the bot …'))
    fill(answer, ...(await resultOf(parse(editor.value).value)))
    send.disabled = false
  }
  template.addEventListener('change', () => {
    if (template.value) editor.value = JSON.stringify(TEMPLATES[template.value], null, 2)
    check()
  })
  editor.addEventListener('input', () => {
    template.value = ''
    check()
  })
  editor.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
  })
  send.addEventListener('click', () => void submit())
  openDialog(
    'Custom activity',
    [
      make(
        'p',
        {},
        'Sent to the bot as it is; only what is missing is added: id, timestamp, conversation, from, recipient.',
      ),
      make(
        'div',
        { class: 'form' },
        labelled('Template', template),
        make('div', { class: 'form__line' }, editor),
        make('div', { class: 'form__buttons' }, problem, make('kbd', {}, 'Ctrl+Enter'), send),
      ),
      answer,
    ],
    { look: 'wide' },
  )
  editor.focus()
}

function parse(text) {
  try {
    const value = JSON.parse(text)
    const isActivity = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isActivity ? { value } : { error: 'An activity is an object: { "type": "message", … }.' }
  } catch (error) {
    return { error: `This is not JSON yet: ${error.message}.` }
  }
}

async function resultOf(activity) {
  try {
    const result = await call('POST', conversationPath(currentSession(), '/activities'), { activity })
    const { status, problem, answer } = result
    const title = problem ? problem.message : `The bot took it${status === undefined ? '' : ` and answered ${status}`}.`
    const verdict = make('div', { class: `verdict verdict--${problem ? 'refused' : 'accepted'}` }, said(title))
    return answer === undefined ? [verdict] : [verdict, make('h3', {}, 'Answer'), jsonTree(answer).element]
  } catch (error) {
    return [make('div', { class: 'verdict verdict--refused' }, said(error.message))]
  }
}
