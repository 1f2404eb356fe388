import { ServiceOptionError, startService } from '@parley/service'
import type { ServiceOptions } from '@parley/service'
import { eventually } from 'test-support/eventually'
import type { Json } from './stand-in-bot.ts'
import { echo } from './stand-in-bot.ts'
import { startTogether, stopAll } from './start-together.ts'

afterEach(stopAll)

/** What a client and the bot see of a conversation, without the address of the service, whose port is any free one. */
async function conversationWith(options: ServiceOptions): Promise<Json> {
  const { service, bot, directLine } = await startTogether(echo, options)
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hi')
  const form = new FormData()
  form.append('file', new Blob(['abc'], { type: 'text/plain' }), 'a.txt')
  await client.upload(conversationId, form)
  await eventually(() => expect(bot.received).toHaveLength(4))
  const seen = { client: await client.poll(conversationId), bot: bot.received }
  return JSON.parse(JSON.stringify(seen).replaceAll(service.url, ''))
}

test('with a seed, ids and times are the same in every run', async () => {
  const deterministic = { seed: 'one', startAt: '2021-02-03T04:05:06Z' }
  const first = await conversationWith({ deterministic })
  expect(await conversationWith({ deterministic })).toEqual(first)
  expect(first.client.activities[0]).toMatchObject({ text: 'Welcome!', timestamp: '2021-02-03T04:05:09.000Z' })
  expect(first.bot.at(-1).attachments[0].contentUrl).toMatch(/attachments\/[\da-f]{8}-[\da-f]{4}-4/)
  const { client } = await conversationWith({ deterministic: { seed: 'two' } })
  expect(client.activities[0].conversation.id).not.toBe(first.client.activities[0].conversation.id)
  expect(client.activities[0].timestamp).toBe('2020-01-01T00:00:03.000Z')
})

test('several conversations of one run have ids of their own', async () => {
  const { directLine } = await startTogether(echo, { deterministic: { seed: 'one' } })
  const [first, second] = [await directLine.start(), await directLine.start()]
  expect(first.conversationId).toMatch(/^[\dA-Za-z]{22}$/)
  expect(second.conversationId).not.toBe(first.conversationId)
})

test.each([
  [{ seed: '' }, 'deterministic.seed'],
  [{ seed: 'one', startAt: 'soon' }, 'deterministic.startAt'],
])('%j is refused', async (deterministic, option) => {
  const starting = startService({ port: 0, deterministic })
  await expect(starting).rejects.toThrow(ServiceOptionError)
  await expect(starting).rejects.toMatchObject({ option })
})
