// Says again, in a new conversation, what a user has said in this one: one activity after another, each after the bot has
// answered the one before.

import { withoutStamps } from './activity-editor.js'
import { call, conversationPath } from './api.js'
import { button, byId, fill, make, said } from './dom.js'
import { tell } from './notices.js'
import { currentSession, openConversation, sessions } from './session.js'

const TYPES = new Set(['message', 'event', 'invoke', 'messageReaction'])

let running

/** Replays the conversation on screen. */
export async function replayTranscript() {
  const activities = await call('GET', conversationPath(currentSession(), '/transcript'))
  const again = activities.filter(isFromUser).map(forSending)
  if (again.length === 0) throw new Error('The user has said nothing in this conversation that could be replayed.')
  running = undefined
  const session = await openConversation()
  if (!session) return
  // Web Chat starts it too; whoever comes first, it is there before anything is said.
  await call('POST', '/v3/directline/conversations', {}, { token: session.token })
  running = { session, activities: again, done: 0, isStopped: false, trouble: undefined }
  await go(running)
}

/** Transcripts of other tools leave out roles; then what is addressed to a bot, or answers nothing, is the user's. */
function isFromUser({ type, from, recipient, replyToId }) {
  if (!TYPES.has(type) || from?.role === 'bot' || from?.role === 'channel') return false
  return from?.role === 'user' || recipient?.role === 'bot' || replyToId === undefined
}

function forSending(activity) {
  const { replyToId: _replyToId, channelData, ...rest } = withoutStamps(activity)
  const { clientActivityID: _id, ...data } = channelData ?? {}
  return Object.keys(data).length > 0 ? { ...rest, channelData: data } : rest
}

async function go(replay) {
  const { session, activities } = replay
  const path = `/v3/directline/conversations/${encodeURIComponent(session.conversationId)}/activities`
  replay.trouble = undefined
  while (replay.done < activities.length && !replay.isStopped) {
    draw(replay)
    try {
      await call('POST', path, { ...activities[replay.done], from: session.user }, { token: session.token })
    } catch (error) {
      replay.trouble = error.message
    }
    replay.done += 1
    if (replay.trouble !== undefined) return draw(replay)
  }
  if (running === replay) end(replay)
  return undefined
}

function end({ done, activities, isStopped }) {
  running = undefined
  byId('replay').hidden = true
  tell(isStopped ? `The replay was stopped after ${done} of ${activities.length}.` : `All ${done} were replayed.`)
}

function draw(replay) {
  if (running !== replay) return
  const { done, activities, trouble } = replay
  const isPaused = trouble !== undefined
  const now = Math.min(isPaused ? done : done + 1, activities.length)
  const stop = button({ class: 'button button--small' }, 'Stop')
  stop.addEventListener('click', () => {
    replay.isStopped = true
    if (isPaused) end(replay)
  })
  const goOn = button({ class: 'button button--small button--main', onclick: () => void go(replay) }, 'Go on')
  byId('replay').hidden = false
  fill(
    byId('replay'),
    make('span', {}, `${isPaused ? 'Paused after' : 'Replaying'} ${now} of ${activities.length}`),
    make('progress', { value: done, max: activities.length, 'aria-label': 'Progress of the replay' }),
    isPaused && goOn,
    stop,
    isPaused && make('p', { class: 'replay__trouble' }, said(trouble)),
  )
}

sessions.addEventListener('opened', () => {
  if (!running) return
  running.isStopped = true
  running = undefined
  byId('replay').hidden = true
})
