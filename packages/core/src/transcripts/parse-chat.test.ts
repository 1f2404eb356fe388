import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity } from '../activity.ts'
import { parseConversation } from './parse-conversation.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-chat-'))
  await writeFile(join(folder, 'card.json'), '{ "type": "AdaptiveCard" }')
  await writeFile(join(folder, 'dot.png'), 'png')
  await writeFile(join(folder, 'broken.json'), '{')
})
afterAll(() => rm(folder, { recursive: true }))

async function parsed(chat: string): Promise<{ activity: Partial<Activity>; line: number }[]> {
  return parseConversation(chat, 'a.chat', (path) => readFile(join(folder, path)))
}

/** What the first line of a user, and then of the bot, becomes. */
async function said(body: string): Promise<Partial<Activity>[]> {
  const entries = await parsed(`user: go\nbot: ${body}`)
  return entries.slice(1).map(({ activity: { from: _from, recipient: _recipient, ...rest } }) => rest)
}

test('names of the header and the words user and bot begin what somebody says, on several lines', async () => {
  const entries = await parsed(
    'user=Joe\nbot=LulaBot\nchannelId=msteams\n\nuser: yo!\nlulabot: # cheese\n1. one\n\nNote: text\nJoe:thanks\nbot:\n\nbye\n',
  )
  const joe = { id: 'joe', name: 'Joe', role: 'user' }
  const lula = { id: 'lulabot', name: 'LulaBot', role: 'bot' }
  const message = { type: 'message', channelId: 'msteams' }
  expect(entries).toEqual([
    { activity: { ...message, from: joe, recipient: lula, text: 'yo!' }, line: 5 },
    { activity: { ...message, from: lula, recipient: joe, text: '# cheese\n1. one\n\nNote: text' }, line: 6 },
    { activity: { ...message, from: joe, recipient: lula, text: 'thanks' }, line: 10 },
    { activity: { ...message, from: lula, recipient: joe, text: 'bye' }, line: 11 },
  ])
})

test('the bot speaks to the user who spoke last, or to the one it names', async () => {
  const chat = 'users=Joe,Fred\nuser: hi\nFred: me?\nbot: yes\nbot->Joe: and you\nbot->Susan: and you'
  const entries = await parsed(chat)
  expect(entries.map(({ activity: { from, recipient } }) => `${from?.name}>${recipient?.name}`)).toEqual([
    'Joe>Bot',
    'Fred>Bot',
    'Bot>Fred',
    'Bot>Joe',
    'Bot>Susan',
  ])
})

test('typing comes before what follows it, and nobody waits for a delay', async () => {
  expect(await said('[Typing][Delay=3000]\nGreetings!\n* update - [docs](http://x) [x] done')).toEqual([
    { type: 'typing' },
    { type: 'message', text: 'Greetings!\n* update - [docs](http://x) [x] done' },
  ])
})

test('attachments are addresses, cards from files, or data', async () => {
  const [message] = await said(
    'Here\n[Attachment=http://x.org/a.jpg?b=c]\n[AttachmentLayout=carousel]\n[Attachment=.\\card.json "adaptivecard"]\n' +
      '[Attachment=dot.png]\nyou go [Attachment: http://x.org/a application/custom]',
  )
  expect(message).toEqual({
    type: 'message',
    text: 'Here\nyou go',
    attachmentLayout: 'carousel',
    attachments: [
      { contentType: 'image/jpeg', contentUrl: 'http://x.org/a.jpg?b=c' },
      { contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard' } },
      { contentType: 'image/png', contentUrl: `data:image/png;base64,${Buffer.from('png').toString('base64')}` },
      { contentType: 'application/custom', contentUrl: 'http://x.org/a' },
    ],
  })
})

test('suggestions are buttons', async () => {
  expect(await said('Which?\n[Suggestions=one|option 2]')).toEqual([
    {
      type: 'message',
      text: 'Which?',
      suggestedActions: {
        actions: [
          { type: 'imBack', title: 'one', value: 'one' },
          { type: 'imBack', title: 'option 2', value: 'option 2' },
        ],
      },
    },
  ])
})

test('people come and go, on lines of their own, before anybody speaks', async () => {
  const entries = await parsed(
    'users=Joe,Susan\nbot=Lula\n\n[ConversationUpdate=\n    MembersAdded=Joe,Lula\n    MembersRemoved=Max]\n' +
      'bot->Joe: Hi\n\n[ConversationUpdate:membersremoved=Susan]\n',
  )
  expect(entries).toMatchObject([
    {
      line: 4,
      activity: {
        type: 'conversationUpdate',
        from: { name: 'Joe' },
        membersAdded: [{ id: 'joe' }, { id: 'lula', role: 'bot' }],
        membersRemoved: [{ id: 'max' }],
      },
    },
    { line: 7, activity: { type: 'message', text: 'Hi' } },
    { line: 9, activity: { type: 'conversationUpdate', membersAdded: [], membersRemoved: [{ name: 'Susan' }] } },
  ])
})

test.each([
  ['colour=red\nuser: hi', 1, 'the setting colour is unknown'],
  ['user=Joe\n\nhello\nuser: hi', 3, 'nobody says this'],
  ['[Typing]\nuser: hi', 1, 'nobody types'],
  ['bot: x\n[Herocard\n  title=T]', 2, '[Herocard] is not supported'],
  ['bot: x\n[Event=e]', 2, '[Event] is not supported'],
  ['bot: x\n\n[Attachment=a.png', 3, '[Attachment has no end'],
  ['bot: [Attachment=a.xyz]', 1, 'needs a content type'],
  ['bot: x\n[Attachment=none.png]', 2, 'the attached file none.png cannot be read'],
  ['bot: x\n[Attachment=broken.json]', 2, 'the attached file broken.json is no JSON'],
  ['user: [ConversationUpdate=]', 1, 'nobody comes or goes'],
  ['bot->{x}: hi', 1, 'the bot speaks to nobody'],
])('the chat %j is refused, with line %i', async (chat, line, problem) => {
  await expect(parsed(chat)).rejects.toMatchObject({
    code: 'CORE_TRANSCRIPT_INVALID',
    place: `a.chat:${line}`,
    message: expect.stringContaining(problem),
  })
})

test('an empty chat has nothing in it', async () => {
  expect(await parsed('\uFEFFuser=Joe\n\nuser:\nbot:\n')).toEqual([])
})
