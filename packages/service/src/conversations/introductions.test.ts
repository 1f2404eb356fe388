import { eventually } from 'test-support/eventually'
import { useTogether } from '../../test/start-together.ts'

const together = useTogether(undefined, { legacyEmulator: true })

const introductions = (): [string, string[]][] =>
  together.bot.received
    .filter(({ type }) => type === 'conversationUpdate')
    .map(({ from, membersAdded }) => [from.id, membersAdded.map(({ id }: { id: string }) => id)])

test('as in the Emulator, bot and user are introduced together when the user is known at the start', async () => {
  await together.directLine.start({ user: { id: 'dl_ada' } })
  await eventually(() => expect(introductions()).toHaveLength(1))
  expect(introductions()).toEqual([['dl_ada', [expect.stringMatching(/^echo@/), 'dl_ada']]])
})

test('as in the Emulator, both are introduced before the first activity of a user who was not known', async () => {
  const { conversationId, client } = await together.directLine.start()
  await client.say(conversationId, 'one')
  await client.say(conversationId, 'two')
  expect(introductions()).toEqual([['dl_ada', [expect.stringMatching(/^echo@/), 'dl_ada']]])
  expect(together.bot.received.map(({ type }) => type)).toEqual(['conversationUpdate', 'message', 'message'])
})
