import { deepEqual, equal } from 'node:assert/strict'

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export const environment = ({ channel }) => ({ OAuthUrl: channel.url, ConnectionName: 'graph' })

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel }) {
  /** @type {string | undefined} */
  let token
  const getToken = 'GET /api/usertoken/GetToken'
  const answer = () => {
    channel.statuses.set(getToken, token ? 200 : 404)
    const expiration = '2030-01-01T00:00:00Z'
    channel.answers.set(getToken, token ? { channelId: 'test', connectionName: 'graph', token, expiration } : {})
  }
  answer()
  const [card] = await channel.say('login')
  equal(card.attachments[0].contentType, 'application/vnd.microsoft.card.oauth')
  const { content } = card.attachments[0]
  equal(content.connectionName, 'graph')
  deepEqual(content.tokenExchangeResource, { id: 'x-1', uri: 'api://app', providerId: 'p' })
  equal(content.buttons[0].value, 'https://example.com/signin')
  const [asked] = channel.callsTo('GET', '/api/usertoken/GetToken')
  equal(asked?.query.userId, 'user1')
  equal(asked?.query.connectionName, 'graph')
  equal(asked?.query.channelId, 'test')
  token = 'T-1'
  answer()
  const [shown] = await channel.say('123456')
  equal(shown.text, 'Your token is T-1, until 2030-01-01T00:00:00Z')
  equal(channel.callsTo('GET', '/api/usertoken/GetToken').at(-1)?.query.code, '123456')

  channel.answers.set('GET /api/usertoken/GetTokenStatus', [{ connectionName: 'graph', hasToken: true }])
  equal((await channel.say('status'))[0].text, 'graph: true')
  channel.answers.set('POST /api/usertoken/GetAadTokens', { 'https://graph.example.com': { token: 'A-1' } })
  equal((await channel.say('aad'))[0].text, 'A-1')
  deepEqual(channel.callsTo('POST', '/api/usertoken/GetAadTokens')[0]?.body, {
    resourceUrls: ['https://graph.example.com'],
  })

  equal((await channel.say('logout'))[0].text, 'You have been signed out.')
  equal(channel.callsTo('DELETE', '/api/usertoken/SignOut')[0]?.query.connectionName, 'graph')

  equal((await channel.invoke('signin/verifyState', { state: '654321' })).status, 200)
  token = undefined
  answer()
  equal((await channel.invoke('signin/verifyState', { state: '000000' })).status, 404)

  channel.answers.set('POST /api/usertoken/exchange', { channelId: 'test', connectionName: 'graph', token: 'X-1' })
  const exchange = { id: 'e-1', connectionName: 'graph', token: 'sso' }
  deepEqual(await channel.invoke('signin/tokenExchange', exchange), {
    status: 200,
    body: { id: 'e-1', connectionName: 'graph' },
  })
  deepEqual(channel.callsTo('POST', '/api/usertoken/exchange')[0]?.body, { token: 'sso' })
  equal(channel.replies()[0].text, 'exchanged for X-1')
  channel.statuses.set('POST /api/usertoken/exchange', 400)
  channel.answers.set('POST /api/usertoken/exchange', { error: { code: 'BadArgument', message: 'Consent required' } })
  const refused = await channel.invoke('signin/tokenExchange', exchange)
  equal(refused.status, 412)
  equal(refused.body.failureDetail, 'no token came back')

  const [event] = await channel.say({ type: 'event', name: 'tokens/response', value: { token: 'E-1' } })
  equal(event.text, 'tokens/response: E-1')
  channel.statuses.set(getToken, 401)
  const [sorry] = await channel.say('login')
  equal(sorry.text.startsWith('Sorry: '), true)
}
