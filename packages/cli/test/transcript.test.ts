import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertTranscript } from '@parley/cli'
import type { TurnContext } from '@parley/core'
import { BotHost, afterTest, startBotFor, startTogether } from './bot-host.ts'
import type { BotLogic } from './bot-host.ts'
import { CommandRun } from './command-run.ts'
import { eventually } from 'test-support/eventually'
import { freePort } from 'test-support/free-port'

/** A folder with files; values that are no texts are written as JSON. */
function folderWith(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-transcript-'))
  afterTest(async () => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2))
  }
  return folder
}

interface Bot {
  readonly flags: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Runs `parley transcript` to its end. */
async function transcript(args: readonly string[], { flags, env }: Bot, cwd: string, lines = ''): Promise<CommandRun> {
  const run = new CommandRun(['transcript', ...args, ...flags], { env, cwd })
  run.stdin.end(lines)
  await run.ended
  return run
}

const user = { id: 'u', role: 'user' }
const bot = { id: 'b', role: 'bot' }
const said = (text: string): object => ({ type: 'message', text, from: user, recipient: bot })
const answered = (text: string, more: object = {}): object => ({
  type: 'message',
  text,
  from: bot,
  recipient: user,
  ...more,
})
const greeted = answered('Hello and welcome!')

/** Says what it is told, in several ways. */
const talkative: BotLogic = async (context: TurnContext) => {
  const { type, text, id, conversation, from, timestamp, value, replyToId } = context.activity
  if (type === 'message' && text === 'who') {
    await context.sendActivity(
      `${conversation.id} ${from.id} ${id} ${timestamp?.toISOString()} ${context.activity.serviceUrl}`,
    )
  } else if (type === 'message' && text === 'type') {
    await context.sendActivities([{ type: 'typing' }, { type: 'message', text: 'typed' }])
  } else if (type === 'message' && text === 'correct') {
    const sent = await context.sendActivity('wrnog')
    await context.updateActivity({ type: 'message', id: sent?.id ?? '', text: 'right' })
    const other = await context.sendActivity('gone')
    await context.deleteActivity(other?.id ?? '')
  } else if (type === 'message' && text === 'fail') throw new Error('out of order')
  else if (type === 'message' && text === 'end') await context.sendActivity({ type: 'endOfConversation' })
  else if (type === 'message') await context.sendActivity(`You said ${text ?? JSON.stringify(value)}`)
  else if (type === 'event') await context.sendActivity(`An answer to ${replyToId}`)
  else if (type === 'invoke') {
    await context.sendActivity('invoked')
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200 } })
  }
}

test('what is recorded from lines is the same when it is replayed, and has no trace of the run', async () => {
  const running = await startBotFor()
  const cwd = folderWith()
  const record = await transcript(['record', '--out', 'sub/hello.transcript'], running, cwd, 'hi\nthere\n')
  expect([await record.ended, record.out]).toEqual([0, 'Hello and welcome!\nEcho: hi\nEcho: there\n'])
  const text = readFileSync(join(cwd, 'sub/hello.transcript'), 'utf8')
  const activities = JSON.parse(text)
  expect(activities.map((activity: { text: string }) => activity.text)).toEqual([
    'Hello and welcome!',
    'hi',
    'Echo: hi',
    'there',
    'Echo: there',
  ])
  expect(activities[2]).toMatchObject({
    id: 'conversation|0000003',
    replyToId: 'conversation|0000002',
    timestamp: '2020-01-01T00:00:02.000Z',
    conversation: { id: 'conversation' },
    recipient: { id: 'dl_user' },
  })
  expect(text).not.toMatch(/127\.0\.0\.1|localhost/)
  const check = await transcript(['assert', 'sub'], running, cwd)
  expect([await check.ended, check.out]).toEqual([
    0,
    'same      sub/hello.transcript (2 turns)\n1 transcript: 1 same\n',
  ])
  const again = await transcript(['record', '--out', 'sub/hello.transcript'], running, cwd)
  expect([await again.ended, again.err]).toEqual([2, expect.stringContaining('exists: choose another name')])
})

test('two replays of one bot give the same bytes, whatever it says of ids, times and addresses', async () => {
  const running = await startBotFor(talkative)
  const cwd = folderWith({ 'a.chat': 'user: who\nuser: type\nuser: correct\nuser: who\n' })
  const first = await transcript(['replay', 'a.chat', '--out', '1.transcript'], running, cwd)
  expect([await first.ended, first.err]).toEqual([0, expect.stringContaining('Wrote ')])
  expect(first.out).toContain('user: correct\nbot:  ')
  await transcript(['replay', 'a.chat', '--out', '2.transcript'], running, cwd)
  const [one, two] = ['1.transcript', '2.transcript'].map((name) => readFileSync(join(cwd, name)))
  expect(two?.equals(one ?? Buffer.alloc(0))).toBe(true)
  expect(String(one)).toContain('"conversation dl_user conversation|0000001 2020-01-01T00:00:0')
  const check = await transcript(['assert', '1.transcript'], running, cwd)
  expect([await check.ended, check.out]).toEqual([0, expect.stringContaining('same      1.transcript (4 turns)')])
})

test('with a seed, a bot that is started anew sees the same ids', async () => {
  const host = await BotHost.create(talkative)
  const port = await freePort()
  const seen: string[] = []
  for (const _ of [1, 2]) {
    await host.start(`http://127.0.0.1:${port}`)
    const running = { flags: ['--bot', String(host.port), '--port', String(port), '--seed', 's'], env: host.env }
    await transcript(['replay', 'a.chat'], running, folderWith({ 'a.chat': 'user: who' }))
    const { id, timestamp, from } = host.received.at(-1) ?? {}
    seen.push(`${id} ${timestamp?.toISOString()} ${from?.id}`)
    await host.stop()
  }
  expect(seen[0]).toMatch(/^\w{22}\|\d{7} 2020-01-01T00:00:0\d\.000Z dl_user1$/)
  expect(seen[1]).toBe(seen[0])
})

test.each<[string, object[], string]>([
  [
    'another text',
    [said('hi'), answered('Echo: HI')],
    'a.transcript:14: the reply is not as recorded\n    - /text "Echo: HI"\n    + /text "Echo: hi"\n',
  ],
  [
    'a reply that does not come',
    [said('hi'), answered('Echo: hi'), answered('and more')],
    'a.transcript:26: a reply did not come\n    - message\n    - /text "and more"\n',
  ],
  [
    'a reply that was not recorded',
    [said('one'), said('two'), answered('Echo: two')],
    'a.transcript:2: after this came a reply that was not recorded\n    + message\n    + /text "Echo: one"\n',
  ],
  [
    'a reply too much before the others, once',
    [said('hi'), answered('first'), answered('Echo: hi')],
    'a.transcript:14: a reply did not come\n    - message\n    - /text "first"\n1 transcript',
  ],
  [
    'another greeting',
    [answered('Good morning'), said('hi'), answered('Echo: hi')],
    'a.transcript:2: the reply is not as recorded\n    - /text "Good morning"\n    + /text "Hello and welcome!"\n',
  ],
  [
    'a field',
    [said('hi'), answered('Echo: hi', { attachments: [{ contentType: 'x', content: { 'a/b': 1 } }] })],
    '- /attachments [{"contentType":"x","content":{"a/b":1}}]\n    + /attachments is not there\n',
  ],
])('a transcript with %s differs, and says where', async (_, recorded, message) => {
  const running = await startBotFor()
  const cwd = folderWith({ 'a.transcript': recorded })
  const run = await transcript(['assert', 'a.transcript', '--wait', '0.1'], running, cwd)
  expect(await run.ended).toBe(1)
  expect(run.out).toContain('different a.transcript (')
  expect(run.out).toContain(message)
  expect(run.out).toContain('1 transcript: 1 different\n')
})

test('a bot that fails in a turn, and one that ends the conversation, are told of with the line', async () => {
  const running = await startBotFor(talkative)
  const cwd = folderWith({
    'a.chat': 'user: fail\nuser: hi\nbot: You said hi\n',
    'b.chat': 'user: end\nuser: hi\nuser: hi',
  })
  const run = await transcript(['assert', 'a.chat', 'b.chat', '--wait', '0'], running, cwd)
  expect(await run.ended).toBe(1)
  expect(run.out).toContain('different a.chat (2 turns)\n  a.chat:1: The bot answered 500 to the last activity')
  expect(run.out).not.toContain('a.chat:2')
  expect(run.out).toMatch(/b\.chat:2: The conversation was over\.\n.*b\.chat:3: The conversation was over before\.\n/s)
})

test('a chat may leave texts open, and says nothing of a greeting it does not begin with', async () => {
  const running = await startBotFor()
  const same =
    'user: hi 42\nbot: Echo: {{*}}\nuser: hi 42\nbot: {{/E\\w+/}}: hi {{/\\d+/}}\nuser: (a)\nbot: Echo: (a)\n'
  const cwd = folderWith({
    'same.chat': same,
    'other.chat': 'user: hi\nbot: {{/\\d+/}}\n',
    'bad.chat': 'user: hi\nbot: {{/(/}}',
  })
  const run = await transcript(['assert', '.', '--wait', '0'], running, cwd)
  expect(await run.ended).toBe(1)
  expect(run.out).toMatch(
    /^error +bad\.chat .*\n {2}bad\.chat:2: the regular expression .*\ndifferent other\.chat [^]*\nsame +same\.chat \(3 turns\)\n/,
  )
  expect(run.out).toContain('3 transcripts: 1 same, 1 different, 1 error\n')
})

test('replies that come after the turn are waited for', async () => {
  const late: Promise<unknown>[] = []
  const running = await startBotFor(async (context) => {
    if (context.activity.type !== 'message') return
    const reference = { ...context.activity }
    await context.sendActivity('at once')
    late.push(
      new Promise((resolve) => setTimeout(resolve, 30)).then(() => context.sendActivity(`late ${reference.text}`)),
    )
  })
  const cwd = folderWith({ 'a.chat': 'user: hi\nbot: at once\nbot: late hi\nuser: you\nbot: at once\nbot: late you' })
  const run = await transcript(['assert', 'a.chat'], running, cwd)
  expect([await run.ended, run.out]).toEqual([0, expect.stringContaining('same')])
  await Promise.all(late)
})

test('events, invokes and values are played, and ids of replies are those of this time', async () => {
  const running = await startBotFor(talkative)
  const recorded = [
    { type: 'conversationUpdate', membersAdded: [user], from: user, recipient: bot },
    { ...said(''), text: undefined, value: { a: 1 } },
    answered('You said {"a":1}', { id: 'old-id' }),
    { type: 'invoke', name: 'x', from: user, recipient: bot },
    answered('invoked'),
    { type: 'event', name: 'tap', replyToId: 'old-id', from: user, recipient: bot },
    answered('An answer to {{/conversation\\|\\d{7}/}}'),
    { type: 'trace', name: 'unseen', from: bot, recipient: user },
  ]
  const run = await transcript(['assert', 'a.transcript'], running, folderWith({ 'a.transcript': recorded }))
  expect([await run.ended, run.out]).toEqual([0, expect.stringContaining('same      a.transcript (3 turns)')])
})

test('--update writes what was seen, after which all is the same', async () => {
  const running = await startBotFor()
  const cwd = folderWith({ 'a.transcript': [greeted, said('hi'), answered('old')], 'b.chat': 'user: hi' })
  const refused = await transcript(['assert', '.', '--update'], running, cwd)
  expect([await refused.ended, refused.err]).toEqual([
    2,
    expect.stringContaining('--update writes .transcript files only'),
  ])
  const update = await transcript(['assert', 'a.transcript', '--update'], running, cwd)
  expect([await update.ended, update.out]).toEqual([0, expect.stringContaining('updated   a.transcript')])
  const check = await transcript(['assert', 'a.transcript'], running, cwd)
  expect([await check.ended, check.out]).toEqual([0, expect.stringContaining('same')])
})

test('results are JSON lines and JUnit XML, when asked for', async () => {
  const running = await startBotFor()
  const files = {
    'a & "b".transcript': [said('<hi>'), answered('Echo: <ho>')],
    'broken.transcript': '[\n{"type": "message",}\n]',
    'same.transcript': [greeted, said('hi'), answered('Echo: hi')],
  }
  const cwd = folderWith(files)
  const run = await transcript(['assert', '.', '--json', '--junit', 'r.xml'], running, cwd)
  expect(await run.ended).toBe(1)
  expect(run.lines()).toMatchObject([
    { type: 'transcript', status: 'different', differences: [{ kind: 'different', fields: [{ pointer: '/text' }] }] },
    { type: 'transcript', status: 'error', error: expect.stringContaining('broken.transcript:2:20: this is no JSON') },
    { type: 'transcript', file: 'same.transcript', status: 'same', turns: 1 },
    { type: 'summary', transcripts: 3, same: 1, different: 1, updated: 0, error: 1 },
  ])
  const xml = readFileSync(join(cwd, 'r.xml'), 'utf8')
  expect(xml).toContain('<testsuites tests="3" failures="1" errors="1" time="')
  expect(xml).toContain('<testcase name="a &amp; &quot;b&quot;.transcript" classname="transcript" time="')
  expect(xml).toContain('- /text &quot;Echo: &lt;ho&gt;&quot;')
  expect(xml).toContain('<error message="broken.transcript:2:20: this is no JSON from here on."/>')
})

test('what is ignored may differ', async () => {
  const running = await startBotFor()
  const recorded = [said('hi'), answered('other', { entities: [{ type: 'x', deep: { y: 1 } }], locale: 'xx' })]
  const cwd = folderWith({ 'a.transcript': recorded })
  const ignored = ['/text', '/entities/**', '/locale'].flatMap((pointer) => ['--ignore', pointer])
  const run = await transcript(['assert', 'a.transcript', ...ignored], running, cwd)
  expect([await run.ended, run.out]).toEqual([0, expect.stringContaining('same')])
})

test('a bot that is not there ends with 3', async () => {
  const { bot: host, ...running } = await startBotFor()
  await host.stop()
  const cwd = folderWith({ 'a.chat': 'user: hi\nbot: hi' })
  for (const command of ['assert', 'replay']) {
    const run = await transcript([command, 'a.chat', '--wait', '0'], running, cwd)
    expect([await run.ended, run.err]).toEqual([3, expect.stringContaining('Nothing answers at http')])
  }
})

test('a chat that was written down is recorded', async () => {
  const running = await startBotFor()
  const cwd = folderWith({ 'a.chat': 'user: hi\nbot: whatever' })
  const run = await transcript(['record', 'a.chat', '--out', 'a.transcript'], running, cwd)
  expect(await run.ended).toBe(0)
  expect(run.out).toBe('bot:  Hello and welcome!\nuser: hi\nbot:  Echo: hi\n')
  expect(JSON.parse(readFileSync(join(cwd, 'a.transcript'), 'utf8'))).toHaveLength(3)
})

test('a conversation on a terminal is recorded', async () => {
  const { flags, env } = await startBotFor()
  const cwd = folderWith()
  const run = new CommandRun(['transcript', 'record', '--out', 'a.transcript', ...flags], {
    env: { ...env, TERM: 'dumb' },
    cwd,
    isTTY: true,
  })
  await eventually(() => expect(run.out).toContain('Hello and welcome!'))
  run.stdin.write('hi\r')
  await eventually(() => expect(run.out).toContain('Echo: Echo: hi'))
  run.stdin.write('/quit\r')
  expect(await run.ended).toBe(0)
  const texts = JSON.parse(readFileSync(join(cwd, 'a.transcript'), 'utf8')).map(({ text }: { text: string }) => text)
  expect(texts).toEqual(['Hello and welcome!', 'hi', 'Echo: hi'])
})

test('a replay that is interrupted ends with 130', async () => {
  const { flags, env } = await startBotFor(async ({ activity }) => {
    if (activity.type === 'message') run.stop()
  })
  const cwd = folderWith({ 'a.chat': 'user: hi\nbot: never\nuser: hi\nbot: never' })
  const run = new CommandRun(['transcript', 'assert', 'a.chat', '--wait', '600', ...flags], { env, cwd })
  expect(await run.ended).toBe(130)
})

test.each([
  [[], 'Say what to do: record, replay or assert'],
  [['play'], 'Say what to do: record, replay or assert'],
  [['record'], 'Say where to keep it'],
  [['replay'], 'Say which transcript'],
  [['assert'], 'Say which transcripts'],
  [['assert', '.'], 'There is no .transcript or .chat file in .'],
  [['assert', '.', '--ignore', 'text'], 'is no JSON pointer'],
  [['replay', 'x', '--junit', 'y'], '--junit is for another command'],
  [['replay', 'x', '--start-at', 'soon'], '--start-at must be a time'],
  [['replay', 'x', '--timeout', '-1'], '--timeout'],
])('%j is refused', async (args, message) => {
  const run = new CommandRun(['transcript', ...args], { cwd: folderWith() })
  expect([await run.ended, run.err]).toEqual([2, expect.stringContaining(message)])
})

test.each([
  ['none.transcript', 'cannot be read (ENOENT)'],
  ['notes.md', 'the name of a transcript ends with'],
  ['later.transcript', 'later.transcript:14: activities of type conversationUpdate come from channels'],
  ['nobody.transcript', 'nobody.transcript:2: nothing tells whether the bot says this'],
])('%s is refused with what is wrong with it', async (name, message) => {
  const update = { type: 'conversationUpdate', membersAdded: [user], from: user, recipient: bot }
  const files = {
    'notes.md': '',
    'later.transcript': [said('hi'), update],
    'nobody.transcript': [{ type: 'message', from: { id: 'x' } }],
  }
  const running = await startBotFor()
  const run = await transcript(['replay', name], running, folderWith(files))
  expect([await run.ended, run.err]).toEqual([1, expect.stringContaining(message)])
})

test('a test asserts transcripts with a service of its own', async () => {
  const { service } = await startTogether()
  const cwd = folderWith({ 'same.chat': 'user: hi\nbot: Echo: hi', 'other.chat': 'user: hi\nbot: Echo: ho' })
  await assertTranscript(join(cwd, 'same.chat'), service)
  await assertTranscript(join(cwd, 'other.chat'), service, { ignore: ['/text'] })
  await expect(assertTranscript(join(cwd, 'other.chat'), service, { waitMs: 0 })).rejects.toMatchObject({
    name: 'AssertionError',
    message: expect.stringMatching(
      /other\.chat has:\n {2}other\.chat:2: .*\n {4}- \/text "Echo: ho"\n {4}\+ \/text "Echo: hi"$/,
    ),
  })
})
