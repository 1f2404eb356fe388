import { DirectLineClient } from '../../test/direct-line-client.ts'
import { echo } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { addBot, useTogether } from '../../test/start-together.ts'

const together = useTogether(echo)

const USER = { id: 'dl_ada', name: 'Ada' }

async function page(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${together.service.url}/chat${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

/** A conversation the page has begun, in which something was said. */
async function begin(text: string, options: Json = {}): Promise<string> {
  const { body } = await page('POST', '/session', { user: USER, ...options })
  const { conversationId, client } = await new DirectLineClient(together.service.url, body.token).start()
  await client.say(conversationId, text)
  return conversationId
}

test.each(['webchat', 'directline', 'emulator'])('the page may speak for the channel %s', async (channelId) => {
  const { body } = await page('POST', '/session', { user: USER, channelId })
  expect(body).toMatchObject({ channelId, user: USER })
  await begin('hello', { channelId })
  expect(together.bot.received.at(-1)).toMatchObject({ channelId, text: 'hello' })
})

test.each(['msteams', '', 7, null])('the page may not speak for the channel %p', async (channelId) => {
  expect((await page('POST', '/session', { user: USER, channelId })).status).toBe(400)
})

test('a conversation is opened again with all that was said, as the user it was opened for', async () => {
  const conversationId = await begin('hello', { channelId: 'emulator' })
  const { status, body } = await page('POST', '/session', { user: { id: 'dl_eve' }, conversationId })
  expect(status).toBe(200)
  expect(body).toMatchObject({ conversationId, channelId: 'emulator', user: USER, bot: { name: 'Echo' } })
  const client = new DirectLineClient(together.service.url, body.token)
  expect((await client.call('POST', '/conversations')).status).toBe(200)
  const { activities } = (await client.call('GET', `/conversations/${conversationId}/activities`)).body
  expect(activities.map(({ text }: Json) => text)).toEqual(['Welcome!', 'hello', 'Echo: hello'])
})

test('a conversation that does not exist, or is of another bot, is not opened', async () => {
  const { service, directLine } = together
  await addBot(service, echo, 'another')
  const { conversationId } = await directLine.start({ bot: { id: 'another' } })
  const { appId } = together.bot
  for (const body of [{ conversationId: 'nowhere' }, { conversationId: 7 }, { conversationId, bot: { id: appId } }]) {
    expect((await page('POST', '/session', { user: USER, ...body })).status).toBe(404)
  }
  expect((await page('POST', '/session', { conversationId })).body).toMatchObject({ bot: { appId: 'another' } })
})

test('conversations are listed, the newest first, with what was said last', async () => {
  const first = await begin('hello')
  together.clock.advance(1000)
  const second = await begin('goodbye')
  const { body } = await page('GET', '/conversations')
  expect(body.conversations.slice(0, 2)).toEqual([
    {
      id: second,
      channelId: 'webchat',
      user: USER,
      createdAt: expect.stringMatching(/Z$/),
      lastAt: expect.stringMatching(/Z$/),
      activities: 3,
      ended: false,
      preview: 'Echo: goodbye',
    },
    expect.objectContaining({ id: first, preview: 'Echo: hello' }),
  ])
  expect((await page('GET', '/conversations?bot=nobody')).status).toBe(400)
})

test('at most a hundred conversations are listed', async () => {
  const { service } = together
  const bot = await addBot(service, () => {}, 'a-busy-bot')
  for (let count = 0; count < 105; count += 1) await bot.call('POST', '', { isGroup: true, topicName: String(count) })
  expect((await page('GET', '/conversations?bot=a-busy-bot')).body.conversations).toHaveLength(100)
})

test('a conversation that is removed is gone for all', async () => {
  const { bot } = together
  const conversationId = await begin('hello')
  expect((await page('DELETE', `/conversations/${conversationId}`)).status).toBe(204)
  expect((await page('DELETE', `/conversations/${conversationId}`)).status).toBe(404)
  expect((await page('POST', '/session', { user: USER, conversationId })).status).toBe(404)
  expect((await bot.call('GET', `/${conversationId}/members`)).status).toBe(404)
})
