// What stands between the page and the bot: the line under the bot's name, and the banner that says what to do.

import { byId, button, fill, make } from './dom.js'
import { currentSession, openConversation, sessions } from './session.js'

const TITLES = {
  'bot-unreachable': 'The bot is not running',
  'bot-refused-token': 'The bot refused the service’s token',
  'bot-failed': 'The bot failed',
  'bot-timeout': 'The bot did not answer in time',
  'bot-wrong-secret': 'Wrong app password',
  'bot-wrong-tenant': 'Wrong tenant',
  'service-gone': 'The service is not running',
  'no-session': 'The conversation could not start',
  'session-expired': 'The session has expired',
}

/** By the connection status of Direct Line. */
const CONNECTION = {
  0: ['connecting', 'Connecting…'],
  1: ['connecting', 'Connecting…'],
  2: ['online', 'Connected'],
  3: ['offline', 'The session has expired'],
  4: ['offline', 'Not connected'],
  5: ['offline', 'Ended'],
}
const CONNECTING = 1
const ONLINE = 2
const EXPIRED = 3
const FAILED = 4

let events
/** The key that signs tokens; tokens that another one has signed are worth nothing. */
let tokenKeyId
let connectionStatus = CONNECTING
let botProblem = null
let pageProblem = null

/** Tells `changed` when something is wrong with the bot, or right again. */
export const botStatus = new EventTarget()

/** What is wrong between the service and the bot now; `null` for nothing. */
export function currentProblem() {
  return botProblem
}

/** Takes what Direct Line says of its connection. */
export function showConnection(status) {
  connectionStatus = status
  if (status === EXPIRED) {
    pageProblem = { kind: 'session-expired', message: 'Its token is no longer good for this conversation.' }
    showProblem()
  }
  showLine()
}

function showLine() {
  const isWaiting = connectionStatus === ONLINE && botProblem?.kind === 'bot-unreachable'
  const known = CONNECTION[connectionStatus] ?? CONNECTION[CONNECTING]
  const [state, text] = isWaiting ? ['connecting', 'Waiting for the bot…'] : known
  const line = byId('connection')
  line.dataset.state = state
  line.textContent = text
}

function showProblem() {
  showLine()
  const problem = pageProblem ?? botProblem
  const banner = byId('status')
  banner.classList.toggle('status--shown', problem !== null)
  if (problem === null) fill(banner)
  else
    fill(
      banner,
      make('strong', {}, TITLES[problem.kind] ?? 'Something is wrong'),
      ' ',
      problem.message,
      remedy(problem),
    )
}

function remedy({ kind }) {
  if (kind !== 'session-expired') return undefined
  const { conversationId, readOnly } = currentSession() ?? {}
  return button(
    { class: 'button button--small', onclick: () => void openConversation({ conversationId, readOnly }) },
    'Open it again',
  )
}

/** Follows what the service knows of the bot. The browser reconnects by itself. */
function watch(bot) {
  if (events?.bot === bot) return
  events?.source.close()
  const source = new EventSource(`/chat/events?${new URLSearchParams({ bot })}`)
  events = { bot, source }
  source.addEventListener('status', ({ data }) => takeStatus(JSON.parse(data)))
  source.addEventListener('error', () => {
    pageProblem = {
      kind: 'service-gone',
      message: 'Start it again; this page notices, and goes on if the service has kept the conversation.',
    }
    showProblem()
  })
}

function takeStatus(status) {
  const isOtherKey = tokenKeyId !== undefined && tokenKeyId !== status.tokenKeyId
  tokenKeyId = status.tokenKeyId
  botProblem = status.problem
  if (pageProblem?.kind !== 'session-expired') pageProblem = null
  showProblem()
  botStatus.dispatchEvent(new Event('changed'))
  if (isOtherKey) void openConversation()
}

sessions.addEventListener('opening', () => showConnection(CONNECTING))
sessions.addEventListener('opened', ({ detail }) => {
  pageProblem = null
  showProblem()
  watch(detail.bot.appId)
})
sessions.addEventListener('failed', ({ detail }) => {
  pageProblem = { kind: 'no-session', message: detail.message }
  showConnection(FAILED)
  showProblem()
})
