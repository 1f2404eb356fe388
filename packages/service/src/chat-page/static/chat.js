// The conversation on screen, in Web Chat.

import { showConnection } from './bot-status.js'
import { byId } from './dom.js'
import { isPolling, sessions } from './session.js'
import { isDark, theme } from './theme.js'
import { styleOptions } from './web-chat-style.js'

/** What Web Chat is rendered with, and how to end it. */
let current
/** Activities Web Chat gives a place on screen. */
let shown = new WeakSet()

/** Tells `picked` with the id of an activity as `detail` when its bubble is clicked. */
export const bubbles = new EventTarget()

const markShown =
  () =>
  (next) =>
  (options, ...others) => {
    // Traces are for the inspector; Web Chat would complain that it cannot show them.
    if (options.activity.type === 'trace') return false
    const renderActivity = next(options, ...others)
    if (renderActivity) shown.add(options.activity)
    return renderActivity
  }

function render() {
  if (!current) return
  const { directLine, store, root, readOnly } = current
  const { WebChat } = globalThis
  WebChat.renderWebChat(
    {
      directLine,
      store,
      activityMiddleware: markShown,
      locale: navigator.language,
      styleOptions: { ...styleOptions(isDark()), hideSendBox: readOnly },
    },
    root,
  )
}

function endConversation() {
  current?.connection.unsubscribe()
  current?.directLine.end()
  current?.root.remove()
  current = undefined
}

function startConversation({ token, readOnly }) {
  endConversation()
  shown = new WeakSet()
  const { WebChat } = globalThis
  const directLine = WebChat.createDirectLine({
    token,
    domain: `${location.origin}/v3/directline`,
    webSocket: !isPolling,
    conversationStartProperties: { locale: navigator.language },
  })
  const root = document.createElement('div')
  byId('chat').append(root)
  const connection = directLine.connectionStatus$.subscribe(showConnection)
  current = { directLine, root, connection, readOnly, store: WebChat.createStore() }
  render()
}

/**
 * The bubbles on screen with the ids of their activities. Web Chat names none on the page; but it shows them in the order of
 * its store. When the numbers do not match, nothing is claimed.
 */
function bubblesById() {
  if (!current) return new Map()
  const activities = current.store.getState().activities.filter((activity) => shown.has(activity))
  const elements = [...current.root.querySelectorAll('.webchat__basic-transcript__activity')]
  if (activities.length !== elements.length) return new Map()
  return new Map(elements.map((element, index) => [element, activities[index].id]))
}

/** Marks the bubble of an activity; no other stays marked. */
export function markBubble(activityId) {
  for (const [element, id] of bubblesById()) {
    element.toggleAttribute('data-picked', activityId !== undefined && id === activityId)
  }
}

/** Takes the message box away: nothing more can be said. */
export function closeMessageBox() {
  if (!current) return
  current = { ...current, readOnly: true }
  render()
}

export function focusMessageBox() {
  current?.root.querySelector('.webchat__send-box-text-box__input')?.focus()
}

byId('chat').addEventListener('click', ({ target }) => {
  if (target.closest('button, a, input, select, textarea')) return
  const bubble = target.closest('.webchat__bubble')?.closest('.webchat__basic-transcript__activity')
  const id = bubble && bubblesById().get(bubble)
  if (id) bubbles.dispatchEvent(new CustomEvent('picked', { detail: id }))
})
theme.addEventListener('changed', render)
sessions.addEventListener('opened', ({ detail }) => startConversation(detail))
