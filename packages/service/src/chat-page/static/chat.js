// The chat page: opens conversations with the bot through Web Chat, and says what is wrong when the bot does not answer.

/* global document, window, location, navigator, sessionStorage, crypto, EventSource, matchMedia, URLSearchParams, fetch */

const query = new URLSearchParams(location.search)
const isPolling = query.get('transport') === 'polling'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

const TITLES = {
  'bot-unreachable': 'The bot is not running',
  'bot-refused-token': 'The bot refused the service’s token',
  'bot-failed': 'The bot failed',
  'bot-timeout': 'The bot did not answer in time',
  'bot-wrong-secret': 'Wrong app password',
  'bot-wrong-tenant': 'Wrong tenant',
  'service-gone': 'The service is not running',
  'no-session': 'The conversation could not start',
}

const CONNECTION = {
  0: ['connecting', 'Connecting…'],
  1: ['connecting', 'Connecting…'],
  2: ['online', 'Connected'],
  3: ['offline', 'The session has expired'],
  4: ['offline', 'Not connected'],
  5: ['offline', 'Ended'],
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

/** The conversation on screen: what Web Chat is rendered with, and how to end it. */
let current
let events
/** The key that signs tokens; tokens that another one has signed are worth nothing. */
let tokenKeyId
let connectionStatus = 0
let botProblem = null
let pageProblem = null

function element(id) {
  return document.getElementById(id)
}

/** The same for as long as the tab lives, so that the bot recognises its user after a reload. */
function userId() {
  const key = 'parley.userId'
  const id = sessionStorage.getItem(key) ?? `dl_${crypto.randomUUID()}`
  sessionStorage.setItem(key, id)
  return id
}

function showProblem() {
  showConnection(connectionStatus)
  const problem = pageProblem ?? botProblem
  const banner = element('status')
  banner.classList.toggle('status--shown', problem !== null)
  banner.replaceChildren()
  if (problem === null) return
  const title = document.createElement('strong')
  title.textContent = TITLES[problem.kind] ?? 'Something is wrong'
  banner.append(title, ' ', problem.message)
}

function showConnection(status) {
  connectionStatus = status
  const isWaiting = status === 2 && botProblem?.kind === 'bot-unreachable'
  const [state, text] = isWaiting ? ['connecting', 'Waiting for the bot…'] : (CONNECTION[status] ?? CONNECTION[0])
  const line = element('connection')
  line.dataset.state = state
  line.textContent = text
}

function showBot({ bot, bots }) {
  element('bot-name').textContent = bot.name
  document.title = `Chat with ${bot.name}`
  element('bot-choice').hidden = bots.length < 2
  element('bot-select').replaceChildren(
    ...bots.map(({ appId, name }) => {
      const option = document.createElement('option')
      option.value = appId
      option.textContent = name
      option.selected = appId === bot.appId
      return option
    }),
  )
}

function styleOptions() {
  const isDark = prefersDark.matches
  const text = isDark ? '#eceef5' : '#1b1f2a'
  const quiet = isDark ? '#a3aabd' : '#565d6e'
  const surface = isDark ? '#191c27' : '#ffffff'
  const bubble = isDark ? '#262b3b' : '#eef0f6'
  const accent = isDark ? '#8c9bff' : '#3447c6'
  const onAccent = isDark ? '#10121a' : '#ffffff'
  return {
    accent,
    backgroundColor: surface,
    bubbleBackground: bubble,
    bubbleBorderRadius: 14,
    bubbleBorderWidth: 0,
    bubbleFromUserBackground: accent,
    bubbleFromUserBorderRadius: 14,
    bubbleFromUserBorderWidth: 0,
    bubbleFromUserTextColor: onAccent,
    bubbleTextColor: text,
    cardEmphasisBackgroundColor: bubble,
    monospaceFont: 'ui-monospace, Menlo, Consolas, monospace',
    primaryFont: FONT,
    rootHeight: '100%',
    rootWidth: '100%',
    sendBoxBackground: surface,
    sendBoxBorderTop: `1px solid ${isDark ? '#2e3344' : '#d9dde8'}`,
    sendBoxButtonColor: accent,
    sendBoxButtonColorOnHover: text,
    sendBoxHeight: 52,
    sendBoxPlaceholderColor: quiet,
    sendBoxTextColor: text,
    subtle: quiet,
    suggestedActionBackgroundColor: surface,
    suggestedActionBorderColor: accent,
    suggestedActionBorderRadius: 20,
    suggestedActionBorderWidth: 1,
    suggestedActionTextColor: accent,
    timestampColor: quiet,
  }
}

function render() {
  if (!current) return
  const { directLine, store, root } = current
  const { WebChat } = window
  WebChat.renderWebChat({ directLine, store, locale: navigator.language, styleOptions: styleOptions() }, root)
}

async function openSession() {
  const bot = query.get('bot')
  const response = await fetch('/chat/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user: { id: userId() }, ...(bot ? { bot: { id: bot } } : {}) }),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error?.message ?? `The service answered ${response.status}.`)
  return answer
}

function endConversation() {
  current?.connection.unsubscribe()
  current?.directLine.end()
  current?.root.remove()
  current = undefined
}

async function newConversation() {
  showConnection(1)
  let session
  try {
    session = await openSession()
  } catch (error) {
    pageProblem = { kind: 'no-session', message: error.message }
    showConnection(4)
    showProblem()
    return
  }
  pageProblem = null
  showProblem()
  endConversation()
  showBot(session)
  const { WebChat } = window
  const directLine = WebChat.createDirectLine({
    token: session.token,
    domain: `${location.origin}/v3/directline`,
    webSocket: !isPolling,
    conversationStartProperties: { locale: navigator.language },
  })
  const root = document.createElement('div')
  element('chat').append(root)
  const connection = directLine.connectionStatus$.subscribe(showConnection)
  current = { directLine, root, connection, store: WebChat.createStore(), bot: session.bot.appId }
  render()
  watch(session.bot.appId)
}

/** Follows what the service knows of the bot. The browser reconnects by itself. */
function watch(bot) {
  if (events?.bot === bot) return
  events?.source.close()
  const source = new EventSource(`/chat/events?${new URLSearchParams({ bot })}`)
  events = { bot, source }
  source.addEventListener('status', ({ data }) => {
    const status = JSON.parse(data)
    const isOtherKey = tokenKeyId !== undefined && tokenKeyId !== status.tokenKeyId
    tokenKeyId = status.tokenKeyId
    botProblem = status.problem
    pageProblem = null
    showProblem()
    if (isOtherKey) void newConversation()
  })
  source.addEventListener('error', () => {
    pageProblem = {
      kind: 'service-gone',
      message: 'Start it again; this page notices, and goes on if the service has kept the conversation.',
    }
    showProblem()
  })
}

element('new-conversation').addEventListener('click', () => void newConversation())
element('bot-select').addEventListener('change', ({ target }) => {
  query.set('bot', target.value)
  void newConversation()
})
prefersDark.addEventListener('change', render)
void newConversation()
