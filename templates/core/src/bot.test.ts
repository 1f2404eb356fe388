import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConversationState, FileStorage, MemoryStorage } from '@parley/state'
import type { Storage } from '@parley/state'
import { TestAdapter } from '@parley/testing'
import { recognizer } from '../test/conversation.ts'
import { FlightBot } from './bot.ts'
import { MainDialog } from './dialogs/main-dialog.ts'

/** A process of the bot: all that is left of it when it ends is in the storage. */
function testAdapter(storage: Storage = new MemoryStorage()): TestAdapter {
  const conversationState = new ConversationState(storage)
  const bot = new FlightBot({ dialog: new MainDialog(recognizer), conversationState })
  return new TestAdapter((context) => bot.run(context))
}

const people = [
  { id: 'user1', name: 'Ann' },
  { id: 'user2', name: 'Ben' },
]

test.each([
  ['a person who joins is welcomed', people.slice(0, 1)],
  ['people who join together are welcomed once', people],
])('%s by a card and a question', async (_, membersAdded) => {
  await testAdapter()
    .send({ type: 'conversationUpdate', membersAdded })
    .assertReply((reply) => {
      const [card] = reply.attachments ?? []
      expect(card).toMatchObject({
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard' },
      })
    })
    .assertReply('What can I do for you?')
    .assertNoReply(undefined, 20)
    .startTest()
})

test('the bot does not welcome itself', async () => {
  await testAdapter()
    .send({ type: 'conversationUpdate', membersAdded: [{ id: 'bot', name: 'Bot' }] })
    .assertNoReply(undefined, 20)
    .startTest()
})

test('a conversation goes on after a restart where it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'core-bot-'))
  try {
    await testAdapter(new FileStorage(folder))
      .test('Book a flight to Berlin on May 3, 2027', 'Where do you leave from?')
      .startTest()
    await testAdapter(new FileStorage(folder))
      .test('Paris', 'You fly from Paris to Berlin on 2027-05-03. Is this right? (1) Yes or (2) No')
      .startTest()
    await testAdapter(new FileStorage(folder))
      .test('yes', 'You are booked from Paris to Berlin on 2027-05-03.')
      .startTest()
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('conversations do not know of each other', async () => {
  const storage = new MemoryStorage()
  const other = testAdapter(storage)
  other.conversation = TestAdapter.createConversation('Convo2')
  await testAdapter(storage).test('Book a flight', 'Where would you like to go?').startTest()
  await other.test('Berlin', ({ text }) => expect(text).toMatch(/^I did not understand that/)).startTest()
})
