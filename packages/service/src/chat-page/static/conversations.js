// The list of earlier conversations: open one again, or delete it.

import { call, conversationPath } from './api.js'
import { openDialog } from './dialog.js'
import { button, fill, make, said } from './dom.js'
import { icon } from './icons.js'
import { attempt, tell } from './notices.js'
import { currentSession, openConversation } from './session.js'

/** Opens the list. */
export async function showConversations() {
  const { bot } = currentSession() ?? {}
  if (!bot) return
  const list = make('ul', { class: 'things' })
  await attempt(async () => {
    await refresh(list, bot.appId)
    openDialog('Conversations', [list], { look: 'side' })
  })
}

async function refresh(list, appId) {
  const { conversations } = await call('GET', `/chat/conversations?${new URLSearchParams({ bot: appId })}`)
  if (conversations.length === 0) fill(list, make('li', {}, make('p', {}, 'There is none yet.')))
  else fill(list, ...conversations.map((conversation) => line(conversation, list, appId)))
}

function line(conversation, list, appId) {
  const { id, preview, user } = conversation
  const isCurrent = id === currentSession()?.conversationId
  const open = make(
    'button',
    { type: 'button', class: 'thing__open', 'aria-current': isCurrent ? 'true' : undefined },
    make('span', { class: 'thing__title' }, said(preview || user?.name || 'Nothing said yet')),
    make('span', { class: 'thing__facts' }, factsOf(conversation, isCurrent)),
  )
  open.addEventListener('click', () => {
    list.closest('dialog').close()
    void openConversation({ conversationId: id, readOnly: conversation.ended })
  })
  const remove = button({
    class: 'button button--bare button--square',
    'aria-label': `Delete ${preview || id}`,
    title: 'Delete',
  })
  remove.append(icon('bin'))
  remove.addEventListener('click', () => void attempt(() => deleteConversation(id, list, appId)))
  return make('li', { class: 'thing' }, open, remove)
}

function factsOf({ channelId, activities, lastAt, createdAt, ended }, isCurrent) {
  const when = new Date(lastAt ?? createdAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  const count = `${activities} ${activities === 1 ? 'activity' : 'activities'}`
  return [isCurrent && 'open now', when, channelId, count, ended && 'ended'].filter(Boolean).join(' · ')
}

async function deleteConversation(id, list, appId) {
  await call('DELETE', conversationPath({ conversationId: id }))
  await refresh(list, appId)
  tell('The conversation was deleted.')
  if (id === currentSession()?.conversationId) await openConversation()
}
