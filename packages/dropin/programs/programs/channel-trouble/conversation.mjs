import { equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, waitForOutput }) {
  const base = `/v3/conversations/${channel.conversationId}/activities`
  let sent = 0
  /** @param {number} status @param {unknown} answer */
  const say = async (status, answer) => {
    sent += 1
    channel.statuses.set(`POST ${base}/a-${sent}`, status)
    channel.answers.set(`POST ${base}/a-${sent}`, answer)
    equal((await channel.post({ type: 'message', text: 'x' })).status, 200)
  }
  const problem = (/** @type {string} */ code, /** @type {string} */ message) => ({ error: { code, message } })

  await say(200, { id: 'own-id' })
  await waitForOutput(/sent own-id/)
  await say(201, { id: 'created' })
  await waitForOutput(/sent created/)
  await say(202, { id: 'accepted' })
  await waitForOutput(/sent accepted/)
  await say(403, problem('ConversationBlockedByUser', 'User blocked the conversation with the bot.'))
  await waitForOutput(/blocked: ConversationBlockedByUser User blocked the conversation with the bot\./)
  await say(404, problem('ConversationNotFound', 'Unknown.'))
  await waitForOutput(/error: 404 ConversationNotFound responded false/)
  await say(400, 'not json')
  await waitForOutput(/error: 400/)

  // A channel that asks for patience gets it.
  sent += 1
  let tries = 0
  const path = `POST ${base}/a-${sent}`
  channel.answers.set(path, () => {
    tries += 1
    channel.statuses.set(path, tries === 1 ? 429 : 200)
    return tries === 1 ? problem('Throttled', 'Slow down.') : { id: 'in-the-end' }
  })
  channel.headers.set(path, { 'retry-after': '1' })
  equal((await channel.post({ type: 'message', text: 'x' })).status, 200)
  await waitForOutput(/sent in-the-end/)
  equal(tries, 2)
}
