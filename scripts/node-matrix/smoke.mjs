// Run by run-matrix.mjs on one Node after the other: what must work on each of them, with the packages as built.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { createRestifyHandler } from '@parley/adapter/restify'
import { localCloud } from '@parley/auth'
import { ActivityHandler, silentLogger } from '@parley/core'
import { startService } from '@parley/service'
import { ConversationState, MemoryStorage } from '@parley/state'
import { TestAdapter } from '@parley/testing'
import { check as oneImplementation } from '../checks/one-implementation.mjs'

/** @typedef {import('node:net').AddressInfo} AddressInfo */

const repository = fileURLToPath(new URL('../..', import.meta.url))
const credentials = { appId: 'smoke-bot', secret: 'a secret both sides know' }
const greeting = 'Hello and welcome!'
const isLong = { timeout: 60_000 }

const bot = new ActivityHandler()
  .onMembersAdded(async (context) => {
    const { membersAdded = [], recipient } = context.activity
    for (const { id } of membersAdded) if (id !== recipient.id) await context.sendActivity(greeting)
  })
  .onMessage(async (context) => {
    await context.sendActivity(`Echo: ${context.activity.text}`)
  })

await test('the packages are the built ones', () => {
  assert.match(import.meta.resolve('@parley/core'), /\/packages\/core\/dist\/esm\/index\.js$/)
})

await test('require() and import() of every package entry give the same objects in one process', isLong, async () => {
  assert.deepEqual(await oneImplementation.run(repository), [])
})

/** @type {Record<string, (adapter: CloudAdapter) => Promise<import('node:http').Server>>} */
const hosts = {
  'node:http': async (adapter) => createServer(createNodeListener(adapter, bot)),
  async restify(adapter) {
    // Only now: restify replaces methods of every HTTP request and response of the process.
    const { default: restify } = await import('restify')
    const host = restify.createServer()
    host.post('/api/messages', createRestifyHandler(adapter, bot))
    return host.server
  },
}

for (const [name, createHost] of Object.entries(hosts)) {
  await test(`a bot on ${name} welcomes and answers, with tokens both ways`, isLong, async (t) => {
    const service = await startService({ port: 0 })
    t.after(() => service.close())
    const { appId, secret } = credentials
    const cloud = localCloud(service.url)
    const adapter = new CloudAdapter({ appId, appPassword: secret, cloud, logger: silentLogger })
    t.after(() => adapter.close())
    const server = await createHost(adapter)
    t.after(() => server.closeAllConnections())
    t.after(() => void server.close())
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = /** @type {AddressInfo} */ (server.address())
    const endpoint = `http://127.0.0.1:${port}/api/messages`
    service.registerBot({ ...credentials, name: 'Smoke bot', endpoint })

    const headers = { 'content-type': 'application/json' }
    assert.equal((await fetch(endpoint, { method: 'POST', headers, body: '{"type":"message"}' })).status, 401)
    assert.deepEqual(await chat(service, 'good morning'), [greeting, 'Echo: good morning'])
  })
}

await test('TestAdapter holds a conversation', async () => {
  await new TestAdapter((context) => bot.run(context))
    .send({ type: 'conversationUpdate', membersAdded: [{ id: 'user1', name: 'Ann' }] })
    .assertReply(greeting)
    .test('hi', 'Echo: hi')
    .startTest()
})

await test('what a turn keeps in the state of its conversation a later one finds', async () => {
  const storage = new MemoryStorage()
  const adapter = new TestAdapter(async (context) => {
    const state = new ConversationState(storage)
    const visits = state.createProperty('visits')
    const kept = { count: 0, ...(await visits.get(context)) }
    await visits.set(context, { count: kept.count + 1 })
    await state.saveChanges(context)
    await context.sendActivity(`Visit ${kept.count + 1}`)
  })
  await adapter.test('hi', 'Visit 1').test('hi again', 'Visit 2').startTest()
})

/**
 * Says something over Direct Line, in a new conversation.
 *
 * @param {import('@parley/service').Service} service
 * @param {string} text
 * @returns {Promise<string[]>} What the bot has said when there is an answer.
 */
async function chat(service, text) {
  const from = { id: 'dl_ann' }
  const { conversationId } = await directLine(service, '/conversations', { user: from })
  const path = `/conversations/${conversationId}/activities`
  await directLine(service, path, { type: 'message', from, text })
  for (;;) {
    const { activities } = await directLine(service, path)
    const said = activities
      .filter((/** @type {any} */ activity) => activity.type === 'message' && activity.from.id !== from.id)
      .map((/** @type {any} */ activity) => activity.text)
    if (said.some((/** @type {string} */ reply) => reply.endsWith(text))) return said
    await sleep(20)
  }
}

/**
 * @param {import('@parley/service').Service} service
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
async function directLine({ url, directLineSecret }, path, body) {
  const response = await fetch(`${url}/v3/directline${path}`, {
    headers: { authorization: `Bearer ${directLineSecret}`, 'content-type': 'application/json' },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  assert.ok(response.ok, `Direct Line answered ${response.status} to ${path}`)
  return response.json()
}
