// What the bot remembers of this conversation now, as far as the service knows it.

import { call, conversationPath } from './api.js'
import { openDialog } from './dialog.js'
import { make, said } from './dom.js'
import { timeOf } from './entry-row.js'
import { jsonTree } from './json-tree.js'
import { attempt } from './notices.js'
import { currentSession } from './session.js'

const SOURCES = { 'bot-state': 'Bot State API', trace: 'trace of the bot' }

/** Opens a dialog with the state of the conversation. */
export async function showStateNow() {
  const session = currentSession()
  if (!session) return
  await attempt(async () => {
    const { scopes } = await call('GET', conversationPath(session, '/state'))
    openDialog('State now', scopes.length > 0 ? scopes.flatMap(scopeView) : [nothing()], { look: 'wide' })
  })
}

function scopeView({ scope, source, at, eTag, value }) {
  const facts = [SOURCES[source] ?? source, at && timeOf(at), eTag && `eTag ${eTag}`].filter(Boolean)
  return [make('h3', {}, said(scope)), make('p', {}, facts.join(' · ')), jsonTree(value).element]
}

function nothing() {
  return make(
    'p',
    {},
    'The service knows of no state. It sees what bots keep through the Bot State API, and the traces of their state that ' +
      'bots send on the channel emulator.',
  )
}
