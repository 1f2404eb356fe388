import { deepEqual, equal } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export const repairs = 'it gets no token from an identity provider on http, not even on this machine'

const appId = 'password-app'
/** @type {import('@parley/service').Service} */
let service

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function environment({ urls, startService }) {
  service = await startService({ port: 0, bots: [{ appId, secret: 'pass-word', endpoint: urls[0] ?? '' }] })
  const openId = `${service.url}/v1/.well-known/openidconfiguration`
  return {
    MicrosoftAppType: 'MultiTenant',
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'pass-word',
    ToChannelFromBotLoginUrl: `${service.url}/botframework.com`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: service.issuer,
    ToBotFromChannelOpenIdMetadataUrl: openId,
    ToBotFromEmulatorOpenIdMetadataUrl: openId,
  }
}

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ channel, urls }) {
  const base = `${service.url}/v3/directline/conversations`
  const headers = { authorization: `Bearer ${service.directLineSecret}`, 'content-type': 'application/json' }
  const { conversationId } = await (await fetch(base, { method: 'POST', headers })).json()
  const url = `${base}/${conversationId}/activities`
  for (const text of ['one', 'two']) {
    const activity = { type: 'message', from: { id: 'dl-user' }, text }
    await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity) })
  }
  /** @type {string[]} */
  let texts = []
  const waitFor = async (/** @type {number} */ count) => {
    for (let attempt = 0; attempt < 100 && texts.length < count; attempt += 1) {
      const { activities } = await (await fetch(url, { headers })).json()
      texts = activities.filter(({ from }) => from.id !== 'dl-user').map(({ text }) => text)
      await sleep(20)
    }
  }
  await waitFor(2)
  deepEqual(texts, ['Echo: one', 'Echo: two'])
  equal((await fetch(new URL('/api/notify', urls[0]))).status, 200)
  await waitFor(3)
  deepEqual(texts, ['Echo: one', 'Echo: two', 'News'])
  equal((await channel.post({ type: 'message', text: 'from nobody' })).status, 401)
}
