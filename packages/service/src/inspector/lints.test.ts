import { eventually } from 'test-support/eventually'
import { entryDetail, followEntries } from '../../test/entry-stream.ts'
import { echo } from '../../test/stand-in-bot.ts'
import type { Json } from '../../test/stand-in-bot.ts'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether(echo)

/** Entries of a conversation in which the bot answered "go" in its own way. */
async function entriesOf(
  turn: (activity: Json) => Promise<void>,
  isDone: (entries: Json[]) => boolean,
): Promise<Json[]> {
  const { service, directLine, bot } = together
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  await client.say(conversationId, 'hello')
  bot.turn = async (activity) => (activity.text === 'go' ? turn(activity) : undefined)
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  await client.say(conversationId, 'go')
  await eventually(() => expect(isDone(entries)).toBe(true))
  return entries
}

const rulesOf = async (entry: Json): Promise<string[]> =>
  (await entryDetail(together.service.url, entry.seq)).lints.map(({ rule }: Json) => rule)

test('what a bot sends is looked at on the wire and as it is shown, and the line says how much was found', async () => {
  const odd = { type: 'message', text: 'odd', id: 'mine', serviceUrl: 'x', textFormat: 'plain', attachments: [{}] }
  const entries = await entriesOf(
    async (activity) => void (await together.bot.call('POST', `/${activity.conversation.id}/activities`, odd)),
    (all) => all.at(-1)?.way === 'from-client' && all.some(({ text }) => text === 'odd'),
  )
  const call = entries.find(
    ({ way, method, path }) => way === 'from-bot' && method === 'POST' && path.endsWith('/activities'),
  )
  expect(await rulesOf(call)).toEqual(['A2031', 'A2302', 'P1003'])
  expect(call.lints).toEqual({ error: 0, warning: 2, info: 1 })
  const shown = entries.find(({ text }) => text === 'odd')
  expect(await rulesOf(shown)).toEqual(['A3011', 'P4001'])
  expect(shown.lints).toEqual({ error: 1, warning: 0, info: 1 })
  expect(
    entries.filter(({ from, text }) => from === 'user' || text === 'Echo: hello').every(({ lints }) => !lints),
  ).toBe(true)
})

test('a reply that comes after the turn is noticed', async () => {
  let activity: Json
  const entries = await entriesOf(
    async (received) => void (activity = received),
    (all) => all.at(-1)?.way === 'from-client',
  )
  const before = entries.length
  await together.bot.reply(activity, { type: 'message', text: 'late' })
  await eventually(() => expect(entries.slice(before).some(({ way }) => way === 'from-bot')).toBe(true))
  expect(await rulesOf(entries.findLast(({ way }) => way === 'from-bot'))).toEqual(['P1004'])
})

test('changing and taking back is what the cloud cannot', async () => {
  const entries = await entriesOf(
    async (activity) => {
      const id = await together.bot.reply(activity, { type: 'message', text: 'one' })
      const path = `/${activity.conversation.id}/activities/${encodeURIComponent(id)}`
      await together.bot.call('PUT', path, { type: 'message', text: 'two' })
      await together.bot.call('DELETE', path)
    },
    (all) => all.some(({ method }) => method === 'DELETE'),
  )
  for (const method of ['PUT', 'DELETE']) {
    expect(await rulesOf(entries.find((entry) => entry.method === method))).toEqual(['P1005'])
  }
})

test('an invoke that is answered with nothing is noticed', async () => {
  const { service, directLine } = together
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  await client.call('POST', `/conversations/${conversationId}/activities`, {
    type: 'invoke',
    name: 'a',
    from: { id: 'dl_ada' },
  })
  await eventually(() => expect(entries.at(-1)?.way).toBe('from-client'))
  expect(await rulesOf(entries.findLast(({ way }) => way === 'to-bot'))).toEqual(['P2002'])
})
