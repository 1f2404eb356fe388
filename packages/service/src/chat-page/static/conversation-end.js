// When a conversation ends, there is nothing more to say in it.

import { call } from './api.js'
import { closeMessageBox } from './chat.js'
import { allEntries, entries } from './entries.js'
import { attempt, tell } from './notices.js'
import { currentSession, sessions } from './session.js'

/** The end that was looked into last; one that the bot did not take ends nothing. */
let seen

function lastEnd() {
  return allEntries().findLast(({ kind, type }) => kind === 'activity' && type === 'endOfConversation')?.seq
}

async function hasEnded({ conversationId, bot }) {
  const { conversations } = await call('GET', `/chat/conversations?${new URLSearchParams({ bot: bot.appId })}`)
  return conversations.some(({ id, ended }) => id === conversationId && ended)
}

async function noticeEnd() {
  const session = currentSession()
  const end = lastEnd()
  if (end === undefined || end === seen || session.readOnly) return
  seen = end
  if (!(await hasEnded(session)) || currentSession() !== session) return
  closeMessageBox()
  tell('The conversation has ended. What was said stays to be read; start a new one to go on.')
}

export function setUpConversationEnd() {
  entries.addEventListener('added', () => void attempt(noticeEnd))
  sessions.addEventListener('opened', () => (seen = undefined))
}
