import { equal, ok } from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export const processes = ['root.js', 'skill.js']

/** @type {import('@parley/service').Service} */
let service

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function environment({ urls: [root = '', skill = ''], startService }) {
  const bots = [
    { appId: 'root-app', secret: 'root secret', endpoint: root, name: 'Root' },
    { appId: 'skill-app', secret: 'skill secret', endpoint: skill, name: 'Skill' },
    { appId: 'stranger-app', secret: 'stranger secret', endpoint: skill, name: 'Stranger' },
  ]
  service = await startService({ port: 0, bots })
  return {
    ToChannelFromBotLoginUrl: `${service.url}/botframework.com`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: service.issuer,
    ToBotFromChannelOpenIdMetadataUrl: `${service.url}/v1/.well-known/openidconfiguration`,
    // Bots show each other tokens of their tenant.
    ToBotFromEmulatorOpenIdMetadataUrl: `${service.url}/botframework.com/v2.0/.well-known/openid-configuration`,
    SkillAppId: 'skill-app',
    SkillEndpoint: skill,
    SkillHostEndpoint: new URL('/api/skills', root).href,
    AllowedCallers: 'root-app',
  }
}

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play({ urls: [root = '', skill = ''] }) {
  const talk = await openDirectLine()
  equal(await talk('hi'), 'Say "order".')
  equal(await talk('order'), 'skill true of root-app, urn:botframework:aadappid:root-app, root-app')
  equal(await talk('done'), 'Ordered: {"tea":1}, caller urn:botframework:aadappid:skill-app')
  equal(await talk('hi'), 'Say "order".')

  // Nobody else may call the skill, or answer for it.
  const tokenOf = (/** @type {string} */ caller, /** @type {string} */ audience) =>
    service.identity.mintAccessToken(caller, { audience })
  const post = async (/** @type {string | URL} */ url, /** @type {string | undefined} */ token) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const activity = {
      type: 'message',
      id: 'x',
      channelId: 'directline',
      serviceUrl: root,
      conversation: { id: 'c' },
      from: {},
    }
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity) })).status
  }
  const callback = new URL('/api/skills/v3/conversations/c/activities', root)
  equal(await post(skill, undefined), 401)
  equal(await post(skill, tokenOf('root-app', 'root-app')), 401)
  equal(await post(callback, undefined), 401)
  // SDK v4 says 500 here.
  ok((await post(skill, tokenOf('stranger-app', 'skill-app'))) >= 400)
  ok((await post(callback, tokenOf('stranger-app', 'root-app'))) >= 400)
}

async function openDirectLine() {
  const base = `${service.url}/v3/directline/conversations`
  const token = await fetch(`${service.url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.directLineSecret}`, 'content-type': 'application/json' },
    body: '{}',
  })
  const headers = { authorization: `Bearer ${(await token.json()).token}`, 'content-type': 'application/json' }
  const { conversationId } = await (await fetch(base, { method: 'POST', headers })).json()
  let watermark = ''
  return async (/** @type {string} */ text) => {
    const activity = { type: 'message', from: { id: 'dl-user' }, text }
    const url = `${base}/${conversationId}/activities`
    await fetch(url, { method: 'POST', headers, body: JSON.stringify(activity) })
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const page = await (await fetch(`${url}?watermark=${watermark}`, { headers })).json()
      watermark = page.watermark ?? watermark
      const reply = page.activities.find((/** @type {any} */ { from }) => from.id !== 'dl-user')
      if (reply) return reply.text
      await sleep(20)
    }
    throw new Error('The bots did not reply.')
  }
}
