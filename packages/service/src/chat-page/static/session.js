// Who talks to which bot in which conversation, and opening another one.

import { call } from './api.js'
import { keep, kept } from './kept.js'

/**
 * @typedef {object} Session
 * @property {string} token
 * @property {string} conversationId
 * @property {string} channelId
 * @property {{ id: string, name?: string }} user
 * @property {{ appId: string, name: string }} bot
 * @property {{ appId: string, name: string }[]} bots
 * @property {boolean} readOnly - Whether it has ended, as a transcript that was loaded has.
 */

const query = new URLSearchParams(location.search)

/** Whether replies are polled for instead of streamed. */
export const isPolling = query.get('transport') === 'polling'

/** Tells `opening`, `opened` with the session as `detail`, or `failed` with the error. */
export const sessions = new EventTarget()

let current

/** @returns {Session | undefined} */
export function currentSession() {
  return current
}

/** The same for as long as the tab lives, so that the bot recognises its user after a reload. */
export function currentUser() {
  const id = kept('userId', 'sessionStorage') ?? `dl_${crypto.randomUUID()}`
  return chooseUser({ id, name: kept('userName', 'sessionStorage') ?? '' })
}

/** @param {{ id: string, name?: string }} user */
export function chooseUser({ id, name }) {
  keep('userId', id, 'sessionStorage')
  keep('userName', name ?? '', 'sessionStorage')
  return name ? { id, name } : { id }
}

export function currentChannel() {
  return kept('channel', 'sessionStorage') ?? 'webchat'
}

export function chooseChannel(channelId) {
  keep('channel', channelId, 'sessionStorage')
}

/** From now on conversations are with this bot. */
export function chooseBot(appId) {
  query.set('bot', appId)
}

/**
 * Opens a conversation: a new one with the user of this tab, or an earlier one.
 *
 * @param {{ conversationId?: string, readOnly?: boolean }} [options]
 * @returns {Promise<Session | undefined>} `undefined` when it could not be opened; the page says why.
 */
export async function openConversation({ conversationId, readOnly = false } = {}) {
  sessions.dispatchEvent(new Event('opening'))
  try {
    current = { ...(await requestSession(conversationId)), readOnly }
  } catch (error) {
    sessions.dispatchEvent(new CustomEvent('failed', { detail: error }))
    return undefined
  }
  sessions.dispatchEvent(new CustomEvent('opened', { detail: current }))
  return current
}

async function requestSession(conversationId) {
  const user = currentUser()
  const bot = query.get('bot')
  const answer = await call('POST', '/chat/session', {
    user,
    ...(bot ? { bot: { id: bot } } : {}),
    ...(conversationId === undefined ? { channelId: currentChannel() } : { conversationId }),
  })
  return { user, ...answer }
}
