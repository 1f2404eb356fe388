// The dialog in which failures are armed: of the bot's calls, of the tokens it gets, of keys and sign-ins.

import { call } from './api.js'
import { allArmed, armedFaults, disarm, disarmAll, nameOf, refreshArmed } from './armed-faults.js'
import { formOf, openDialog } from './dialog.js'
import { button, fill, labelled, make, select } from './dom.js'
import { CONNECTOR_FAULTS, TOKEN_FAULTS } from './fault-names.js'
import { attempt, tell } from './notices.js'
import { currentSession } from './session.js'

const WHERE = [
  ['this', 'This conversation'],
  ['all', 'Every conversation'],
]
/** Those after which a bot may be told when to come back. */
const WITH_RETRY_AFTER = new Set(['429', '503'])

/** Opens the dialog. */
export async function showFaultSwitches() {
  await attempt(refreshArmed)
  const list = make('ul', { class: 'things' })
  const draw = () => fill(list, ...armedLines())
  draw()
  armedFaults.addEventListener('changed', draw)
  openDialog(
    'Failures',
    [
      make('h3', {}, 'Armed'),
      list,
      make('h3', {}, 'The bot’s calls fail'),
      connectorForm(),
      make('h3', {}, 'The bot gets a bad token'),
      tokenForm(),
      make('h3', {}, 'Keys and sign-ins'),
      identityButtons(),
    ],
    { onClose: () => armedFaults.removeEventListener('changed', draw) },
  )
}

function armedLines() {
  const armed = allArmed()
  if (armed.length === 0) return [make('li', {}, make('p', {}, 'Nothing is armed: everything works as it should.'))]
  const lines = armed.map((fault) => {
    const take = button({ class: 'button button--small', 'aria-label': `Disarm ${nameOf(fault)}` }, 'Disarm')
    take.addEventListener('click', () => void attempt(() => disarm(fault)))
    const where = fault.conversationId === currentSession()?.conversationId ? ' in this conversation' : ''
    return make('li', { class: 'thing' }, make('span', { class: 'thing__text' }, nameOf(fault), where), take)
  })
  const all = button({ class: 'button button--small', onclick: () => void attempt(disarmAll) }, 'Disarm all')
  return armed.length > 1
    ? [...lines, make('li', { class: 'thing' }, make('span', { class: 'thing__text' }), all)]
    : lines
}

function connectorForm() {
  const what = select('what', CONNECTOR_FAULTS)
  what.value = '429'
  const retryAfter = labelled('Retry-After, in seconds', number('retryAfter', 2, 0, 3600))
  const delay = labelled('Delay, in ms', number('delayMs', 0, 0, 600_000))
  what.addEventListener('change', () => {
    retryAfter.hidden = !WITH_RETRY_AFTER.has(what.value)
    if (what.value === 'delay') delay.querySelector('input').value = '2000'
  })
  const fields = [
    labelled('What happens', what),
    retryAfter,
    delay,
    labelled('Times', times()),
    labelled('Where', select('where', WHERE)),
  ]
  const submit = async (values) => {
    await call('POST', '/chat/faults', connectorFault(values))
    await refreshArmed()
  }
  return formOf(fields, { action: 'Arm', submit })
}

function connectorFault({ what, retryAfter, delayMs, times: count, where }) {
  return {
    ...(where === 'this' ? { conversationId: currentSession().conversationId } : {}),
    times: Number(count),
    ...(Number(delayMs) > 0 ? { delayMs: Number(delayMs) } : {}),
    ...(what === 'reset' ? { reset: true } : {}),
    ...(/^\d/.test(what) ? { status: Number(what) } : {}),
    ...(WITH_RETRY_AFTER.has(what) && retryAfter !== '' ? { retryAfter: Number(retryAfter) } : {}),
  }
}

function tokenForm() {
  const submit = async ({ kind, times: count }) => {
    await call('POST', '/chat/token-faults', { kind, times: Number(count) })
    await refreshArmed()
  }
  const fields = [labelled('What is wrong', select('kind', TOKEN_FAULTS)), labelled('Times', times())]
  return formOf(fields, { action: 'Arm token', submit })
}

function identityButtons() {
  const act = (action, done) => async () => {
    await call('POST', '/chat/identity', { action })
    tell(done)
  }
  const rotate = button({}, 'Rotate the channel’s key')
  const expire = button({}, 'Expire users’ tokens')
  rotate.addEventListener('click', () => void attempt(act('rotateChannelKey', 'The channel signs with a new key.')))
  expire.addEventListener(
    'click',
    () => void attempt(act('expireUserTokens', 'The tokens of signed-in users have expired.')),
  )
  return make('div', { class: 'form__buttons' }, rotate, expire)
}

function times() {
  return number('times', 1, 1, 1_000_000)
}

function number(name, value, min, max) {
  return make('input', { class: 'field', type: 'number', name, value: String(value), min, max, required: true })
}
