import { deepEqual, equal, ok } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

const appId = 'guarded-app'
/** @type {import('@parley/service').Service} */
let service

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function environment({ urls, channel, startService }) {
  const bots = [{ appId, secret: 's3cret', endpoint: urls[0] ?? '', name: 'Guarded' }]
  service = await startService({ port: 0, bots })
  const openId = `${service.url}/v1/.well-known/openidconfiguration`
  return {
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 's3cret',
    ToChannelFromBotLoginUrl: `${service.url}/botframework.com`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: service.issuer,
    ToBotFromChannelOpenIdMetadataUrl: openId,
    ToBotFromEmulatorOpenIdMetadataUrl: openId,
    OAuthUrl: channel.url,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
  }
}

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const talk = await openDirectLine()
  equal(await talk('hi'), 'Echo: hi')
  deepEqual(JSON.parse(await talk('who')), {
    isAuthenticated: true,
    audience: appId,
    appId: null,
    callerId: 'urn:botframework:azure',
    scope: 'https://api.botframework.com',
  })

  channel.answers.set('GET /api/botsignin/GetSignInResource', { signInLink: 'https://example.com/signin' })
  equal(await talk('signin'), 'https://example.com/signin')
  const [asked] = channel.callsTo('GET', '/api/botsignin/GetSignInResource')
  ok(asked?.headers.authorization?.startsWith('Bearer '))
  const state = JSON.parse(Buffer.from(asked?.query.state ?? '', 'base64').toString())
  equal(state.connectionName ?? state.ConnectionName, 'graph')
  equal(state.msAppId ?? state.MsAppId, appId)
  equal(asked?.query.finalRedirect ?? asked?.query.final_redirect, 'https://example.com/done')

  const notified = await (await fetch(new URL('/api/notify', urls[0]))).json()
  equal(await talk(), 'On my own account.')
  ok(notified.tokenRequests <= 3, `${notified.tokenRequests} requests for tokens`)

  // What others send is refused, and the bot does not hear of it.
  const status = async (/** @type {string | undefined} */ token, serviceUrl = service.serviceUrl) => {
    const headers = token ? { authorization: `Bearer ${token}` } : undefined
    return (await channel.post({ type: 'message', text: 'x', serviceUrl, channelId: 'directline' }, headers)).status
  }
  const { identity } = service
  equal(await status(undefined), 401)
  equal(await status('not.a.token'), 401)
  equal(await status(identity.mintChannelToken(appId, { audience: 'another-app' })), 401)
  equal(await status(identity.mintChannelToken(appId, { lifetimeSeconds: -3600 })), 401)
  equal(await status(identity.mintChannelToken(appId, { claims: { iss: 'https://example.com' } })), 401)
  equal(await status(identity.mintChannelToken(appId), 'https://example.com/'), 401)
}

async function openDirectLine() {
  const base = `${service.url}/v3/directline/conversations`
  const headers = { authorization: `Bearer ${service.directLineSecret}`, 'content-type': 'application/json' }
  const { conversationId } = await (await fetch(base, { method: 'POST', headers })).json()
  let watermark = ''
  return async (/** @type {string} */ text = '') => {
    const activity = { type: 'message', from: { id: 'dl-user' }, text }
    const url = `${base}/${conversationId}/activities`
    if (text) await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity) })
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const page = await (await fetch(`${url}?watermark=${watermark}`, { headers })).json()
      watermark = page.watermark ?? watermark
      const reply = page.activities.find((/** @type {any} */ { from }) => from.id !== 'dl-user')
      if (reply) return reply.text
      await sleep(20)
    }
    throw new Error('The bot did not reply.')
  }
}
