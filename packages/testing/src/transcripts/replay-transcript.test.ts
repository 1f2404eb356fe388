import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity, TurnContext } from '@parley/core'
import { TestAdapter } from '../index.ts'
import { replayTranscript } from '../transcripts.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-transcripts-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function written(name: string, content: unknown): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2))
  return file
}

const user = { id: 'u1', name: 'Ada', role: 'user' }
const bot = { id: 'b1', name: 'Bot', role: 'bot' }

function said(text: string): Partial<Activity> {
  return { type: 'message', text, from: user, recipient: bot }
}

function answered(text: string, more: Partial<Activity> = {}): Partial<Activity> {
  return { type: 'message', text, from: bot, recipient: user, ...more }
}

/** Greets who joins, repeats what is said, and fails when it is told to. */
async function echo(context: TurnContext): Promise<void> {
  const { type, text, membersAdded = [], recipient } = context.activity
  if (type === 'conversationUpdate') {
    for (const member of membersAdded) {
      if (member.id !== recipient.id) await context.sendActivity(`Hello ${member.name}`)
    }
  } else if (text === 'fail') throw new Error('out of order')
  else if (text === 'type') await context.sendActivities([{ type: 'typing' }, { type: 'message', text: 'typed' }])
  else if (text === 'correct') {
    const sent = await context.sendActivity('wrnog')
    await context.updateActivity({ type: 'message', id: sent?.id ?? '', text: 'right' })
  } else if (text === 'card') {
    const content = { title: 'T', buttons: [], version: 1 }
    await context.sendActivity({ type: 'message', attachments: [{ contentType: 'card', content, name: 'any' }] })
  } else if (text !== 'silence') await context.sendActivity(`you said ${text}`)
}

test('a conversation that goes as recorded passes, and ids, times and accounts may differ', async () => {
  const recorded = { ...answered('you said hi'), id: 'x', timestamp: '2020-01-01T00:00:00Z', replyToId: 'y' }
  const file = await written('passes.transcript', [said('hi'), recorded, said('silence')])
  await replayTranscript(echo, file)
  await replayTranscript(new TestAdapter(echo), file)
})

test('an object with the activities is a transcript, too', async () => {
  const conversation = [said('hi'), answered('you said no')]
  for (const name of ['transcript', 'activities']) {
    const file = await written('wrapped.json', `{ "version": 1,\n"${name}": ${JSON.stringify(conversation)} }`)
    await expect(replayTranscript(echo, file)).rejects.toThrow('wrapped.json:2: text is "you said hi"')
  }
})

test.each<[string, Partial<Activity>[], string]>([
  ['other words', [answered('you said HI')], ':16: text is "you said hi", expected "you said HI"'],
  ['another type', [{ ...answered('you said hi'), type: 'event' }], ':16: type is "message", expected "event"'],
  ['silence', [], ':2: after this the bot sent the message "you said hi", which is not in the transcript'],
  [
    'more',
    [answered('you said hi'), answered('and more')],
    ':30: expected the message "and more", and the bot sent nothing more',
  ],
  [
    'a button',
    [answered('you said hi', { suggestedActions: { actions: [], to: [] } })],
    ':16: suggestedActions is undefined',
  ],
])('a transcript that has %s fails, with line and difference', async (_, replies, message) => {
  const file = await written('fails.transcript', [said('hi'), ...replies])
  await expect(replayTranscript(echo, file)).rejects.toMatchObject({
    name: 'AssertionError',
    message: expect.stringContaining(`fails.transcript${message}`),
  })
})

test('a failure of the bot names the line it was answering, and keeps the cause', async () => {
  await expect(replayTranscript(echo, [said('hi'), answered('you said hi'), said('fail')])).rejects.toMatchObject({
    code: 'TESTING_TRANSCRIPT_TURN_FAILED',
    message: 'activity 3: the bot failed: out of order',
    cause: expect.objectContaining({ message: 'out of order' }),
  })
})

test('attachments are compared by what was recorded of them', async () => {
  const withCard = (content: object): Partial<Activity>[] => [
    said('card'),
    { type: 'message', from: bot, attachments: [{ contentType: 'card', content }] },
  ]
  await replayTranscript(echo, withCard({ title: 'T' }))
  await expect(replayTranscript(echo, withCard({ title: 'U' }))).rejects.toThrow(
    'activity 2: attachments[0].content.title is "T", expected "U"',
  )
  await expect(replayTranscript(echo, [said('card'), answered('')])).rejects.toThrow('attachments is [{')
})

test('typing is compared unless it is ignored', async () => {
  const conversation = [said('type'), answered('typed')]
  await expect(replayTranscript(echo, conversation)).rejects.toThrow('type is "typing", expected "message"')
  await replayTranscript(echo, conversation, { ignoredTypes: ['trace', 'typing'] })
})

test('traces are neither expected nor noticed', async () => {
  const trace = { type: 'trace', name: 'memory', from: bot, recipient: user }
  const traced = async (context: TurnContext): Promise<void> => {
    await context.sendTraceActivity('memory')
    await echo(context)
  }
  const adapter = new TestAdapter(traced, {}, true)
  await replayTranscript(adapter, [said('hi'), trace, trace, answered('you said hi')])
})

test('what the bot corrected or took back in a turn is what it said', async () => {
  const wrong = answered('wrnog', { id: '7' })
  const right: Partial<Activity> = { ...answered('right', { id: '7' }), type: 'messageUpdate' }
  await replayTranscript(echo, [said('correct'), wrong, right])
  const removed: Partial<Activity> = { type: 'messageDelete', id: '7', from: bot, recipient: user }
  await replayTranscript(echo, [said('silence'), wrong, removed])
})

test('accounts without a role are known from where they have one', async () => {
  const [{ role: _u, ...plainUser }, { role: _b, ...plainBot }] = [user, bot]
  await replayTranscript(echo, [
    said('hi'),
    { type: 'message', text: 'you said hi', from: plainBot },
    { type: 'message', text: 'there', from: plainUser },
    { type: 'message', text: 'you said there', from: { id: 'channel', name: '' }, recipient: plainUser },
  ])
  await expect(replayTranscript(echo, [{ type: 'message', text: 'hi', from: plainUser }])).rejects.toMatchObject({
    code: 'CORE_TRANSCRIPT_INVALID',
    message: expect.stringMatching(/^activity 1: nothing tells/),
  })
})

test('members that join are told to the bot, whoever is said to have sent it', async () => {
  const joined = { type: 'conversationUpdate', from: bot, recipient: bot, membersAdded: [bot, user] }
  await replayTranscript(echo, [joined, answered('Hello Ada')])
})

test.each([
  ['{', 'bad.transcript:1:2: the JSON ends too early.'],
  ['[\n{"type":"message",}]', 'bad.transcript:2:19: this is no JSON from here on.'],
  ['{"activities": 1}', 'bad.transcript: this is no array of activities.'],
  ['[\n{"type":"message","text":"]"},\n\n7]', 'bad.transcript:4: this is no activity: '],
  ['[\n{"type":"message","text":"a\\"]"},{"text":"x"}]', 'bad.transcript:2: this is no activity: '],
])('a file with %j is refused', async (content, message) => {
  await expect(replayTranscript(echo, await written('bad.transcript', content))).rejects.toMatchObject({
    code: 'CORE_TRANSCRIPT_INVALID',
    message: expect.stringContaining(message),
  })
})

test('another kind of file is refused', async () => {
  await expect(replayTranscript(echo, await written('notes.md', ''))).rejects.toMatchObject({
    code: 'CORE_TRANSCRIPT_INVALID',
  })
})

test('a chat in which the bot speaks first begins with its users joining', async () => {
  await replayTranscript(
    echo,
    await written('greeting.chat', 'user=Ada\n\nbot: Hello Ada\nuser: hi\nbot: you said hi\n'),
  )
})

test('a chat fails with its line', async () => {
  const file = await written('wrong.chat', 'user=Ada\nbot=Echo\n\nAda: hi\r\nEcho: you said\nhello\n')
  await expect(replayTranscript(echo, file)).rejects.toThrow(
    'wrong.chat:5: text is "you said hi", expected "you said\\nhello"',
  )
})
