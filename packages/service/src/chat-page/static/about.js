// Who is on screen: the bot in the header, and the line about the conversation.

import { byId, fill, make, said } from './dom.js'
import { chooseBot, openConversation, sessions } from './session.js'

/** @param {import('./session.js').Session} session */
function showBot({ bot, bots }) {
  byId('bot-name').textContent = bot.name
  document.title = `Chat with ${bot.name}`
  byId('bot-choice').hidden = bots.length < 2
  const options = bots.map(({ appId, name }) => make('option', { value: appId, selected: appId === bot.appId }, name))
  byId('bot-select').replaceChildren(...options)
}

/** @param {import('./session.js').Session} session */
function showConversation({ channelId, user, conversationId, readOnly }) {
  const { id, name } = user ?? {}
  fill(
    byId('about'),
    make('span', { class: 'badge' }, channelId),
    readOnly && make('span', { class: 'badge badge--info' }, 'read only'),
    make('span', { class: 'about__who', title: id }, said(name || 'You')),
    make('span', { class: 'about__id', title: 'Id of the conversation' }, conversationId),
  )
}

/** Shows every session that opens. */
export function setUpAbout() {
  byId('bot-select').addEventListener('change', ({ target }) => {
    chooseBot(target.value)
    void openConversation()
  })
  sessions.addEventListener('opened', ({ detail }) => {
    showBot(detail)
    showConversation(detail)
  })
}
