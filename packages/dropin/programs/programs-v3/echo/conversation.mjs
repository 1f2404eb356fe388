import { deepEqual, equal, ok } from 'node:assert/strict'
import { startConversation } from '../direct-line.mjs'

const appId = 'echo-of-old'
/** @type {import('@parley/service').Service} */
let service

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function environment({ urls, startService }) {
  service = await startService({ port: 0, bots: [{ appId, secret: 's3cret', endpoint: urls[0] ?? '', name: 'Echo' }] })
  return { MicrosoftAppId: appId, MicrosoftAppPassword: 's3cret', ChannelService: service.url }
}

/** @param {import('../../harness/run-program.mjs').Stage} stage */
export async function play(stage) {
  const user = await startConversation(service, { id: 'dl_ada', name: 'Ada' })
  const { status } = await service.channelEvents.send(user.conversationId, { system: 'contactAdded' })
  equal(status, 202)
  const [welcome] = await user.hears(1)
  equal(welcome.text, 'Hello Ada!')
  equal(welcome.replyToId, undefined)

  await user.say('hi')
  const [reply] = await user.hears(1)
  equal(reply.text, 'You said: hi (1)')
  ok(reply.replyToId)

  equal((await bag('users/dl_ada')).data.count, 1)
  equal((await bag(`conversations/${user.conversationId}`)).data.count, 1)
  equal((await bag(`conversations/${user.conversationId}/users/dl_ada`)).data.count, 1)

  // What it keeps is with the service.
  await stage.killAndStart()
  await user.say('again')
  equal((await user.hears(1))[0].text, 'You said: again (2)')

  await service.channelEvents.send(user.conversationId, { system: 'contactRemoved' })
  while ((await bag('users/dl_ada')).data !== null);
  deepEqual(await bag(`conversations/${user.conversationId}/users/dl_ada`), { data: null, eTag: '*' })
  equal((await bag(`conversations/${user.conversationId}`)).data.count, 2)
  equal(stage.output(), '')

  // Whom it does not know, it does not hear.
  equal((await stage.channel.post({ type: 'message', text: 'x' })).status, 401)
  const authorization = `Bearer ${service.identity.mintChannelToken(appId, { audience: 'another' })}`
  equal((await stage.channel.post({ type: 'message', text: 'x' }, { authorization })).status, 401)
}

/** @param {string} path */
async function bag(path) {
  const authorization = `Bearer ${service.identity.mintAccessToken(appId)}`
  const url = new URL(`/v3/botstate/directline/${path}`, service.serviceUrl)
  return (await fetch(url, { headers: { authorization } })).json()
}
