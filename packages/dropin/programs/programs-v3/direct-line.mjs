import { setTimeout as sleep } from 'node:timers/promises'

const WAITS_MS = 5000

/**
 * Starts a conversation over Direct Line.
 *
 * @param {import('@parley/service').Service} service
 * @param {{ id: string, name: string }} user
 */
export async function startConversation({ url, directLineSecret }, user) {
  const base = `${url}/v3/directline/conversations`
  const headers = { authorization: `Bearer ${directLineSecret}`, 'content-type': 'application/json' }
  const { conversationId } = await json(fetch(base, { method: 'POST', headers, body: JSON.stringify({ user }) }))
  const activities = `${base}/${conversationId}/activities`
  let watermark = ''
  return {
    conversationId,

    /** @param {string} text */
    say: (text) => {
      const body = JSON.stringify({ type: 'message', from: user, text, locale: 'en-US' })
      return json(fetch(activities, { method: 'POST', headers, body }))
    },

    /**
     * The next so many activities of the bot.
     *
     * @param {number} count
     * @returns {Promise<any[]>}
     */
    hears: async (count) => {
      /** @type {any[]} */
      const heard = []
      for (const deadline = Date.now() + WAITS_MS; heard.length < count; await sleep(10)) {
        if (Date.now() > deadline) throw new Error(`The bot sent ${JSON.stringify(heard)}.`)
        const page = await json(fetch(`${activities}?watermark=${watermark}`, { headers }))
        watermark = page.watermark ?? watermark
        heard.push(...page.activities.filter((/** @type {any} */ { from }) => from.id !== user.id))
      }
      return heard
    },
  }
}

/** @param {Promise<Response>} request */
async function json(request) {
  const response = await request
  if (!response.ok) throw new Error(`${response.url} was answered ${response.status}.`)
  return response.json()
}
