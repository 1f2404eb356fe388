import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export const environment = ({ channel }) => ({ OAuthUrl: channel.url })

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  channel.channelId = 'msteams'
  const exchange = '/api/usertoken/exchange'
  channel.answers.set(`POST ${exchange}`, { channelId: 'msteams', connectionName: 'sso-connection', token: 'T' })
  const texts = () => channel.replies().map(({ text }) => text)
  const invoke = (/** @type {string} */ id) =>
    channel.invoke('signin/tokenExchange', { id, connectionName: 'sso-connection', token: 'from-teams' })

  // Teams sends it once from each device of the user; the bot hears of it once.
  equal((await invoke('x-1')).status, 200)
  equal((await invoke('x-1')).status, 200)
  deepEqual(texts(), ['signed in with exchange x-1'])
  deepEqual(channel.callsTo('POST', exchange)[0]?.body, { token: 'from-teams' })
  equal(channel.callsTo('POST', exchange)[0]?.query.connectionName, 'sso-connection')
  equal((await invoke('x-2')).status, 200)
  deepEqual(texts(), ['signed in with exchange x-2'])

  channel.answers.set(`POST ${exchange}`, {})
  const refused = await invoke('x-3')
  equal(refused.status, 412)
  equal(refused.body.id, 'x-3')
  equal(refused.body.connectionName, 'sso-connection')
  equal(typeof refused.body.failureDetail, 'string')
  deepEqual(texts(), [])

  equal((await channel.invoke('signin/verifyState', { state: '123456' })).status, 200)
  deepEqual(texts(), ['state 123456'])
}
