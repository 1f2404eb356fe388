import { Message, Session } from '../index.ts'
import type { IAddress, IDialogState, IMessage } from '../index.ts'
import { talkWith } from '../../test/talk.ts'

let logged: string[] = []
beforeEach(() => {
  logged = []
  jest.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    logged.push(parts.map(String).join(' '))
  })
})
afterEach(() => jest.restoreAllMocks())

const APOLOGY = 'Oops. Something went wrong and we need to start over.'

test.each<[string, (session: Session) => unknown, string[]]>([
  ['values', (s) => s.send('a %s b %d %j %%', 'x', 3, { q: 1 }), ['a x b 3 {"q":1} %']],
  ['a text without values', (s) => s.send('100%'), ['100%']],
  ['one of several texts', (s) => s.send(['x', 'x']), ['x']],
  ['a message', (s) => s.send(new Message(s).text('m %s', 1)), ['m 1']],
  ['an object', (s) => s.send({ type: 'event', name: 'e' } as IMessage), ['event']],
  ['nothing', (s) => s.send(''), []],
  ['several, in order', (s) => s.send('one').delay(1).sendTyping().send('two'), ['one', 'delay', 'typing', 'two']],
  ['plurals', (s) => s.send(s.ngettext('a', 'b', 2)), ['b']],
  ['what a batch began', (s) => s.send('before').sendBatch(() => s.send('after')), ['before', 'after']],
  ['a goodbye', (s) => s.endConversation('bye'), ['bye', 'endOfConversation']],
  ['a child', (s) => s.beginDialog('child', { a: 1 }), ['child {"a":1}']],
  ['another dialog', (s) => s.replaceDialog('child', { a: 2 }), ['child {"a":2}']],
  ['a dialog in place of a canceled one', (s) => s.cancelDialog(0, 'child', { c: 1 }), ['child {"c":1}']],
  ['a new start', (s) => s.reset('child', { r: 1 }), ['child {"r":1}']],
  ['what an async handler says', async (s) => s.send('async'), ['async']],
  ['an error', (s) => s.error(new Error('mine')), [APOLOGY, 'endOfConversation']],
  [
    'what a handler throws',
    () => {
      throw new Error('mine')
    },
    [APOLOGY, 'endOfConversation'],
  ],
  ['what a promise rejects with', () => Promise.reject(new Error('mine')), [APOLOGY, 'endOfConversation']],
])('a session sends %s', async (_what, handler, expected) => {
  const talk = talkWith(handler)
  talk.bot.dialog('child', (session, args) => session.endDialog('child %j', args))
  expect(await talk.say('go')).toEqual(expected)
  expect(talk.errors.map(({ message }) => message)).toEqual(expected[0] === APOLOGY ? ['mine'] : [])
})

test('a dialog that is not there is an error that names it', async () => {
  const talk = talkWith((session) => session.beginDialog('nothere'))
  await talk.say('go')
  expect(talk.errors.map(({ message }) => message)).toEqual(['Dialog[*:nothere] not found.'])
})

test('the apology is what the bot says it is', async () => {
  const talk = talkWith(() => Promise.reject(new Error('x')))
  talk.bot.set('dialogErrorMessage', 'custom')
  expect(await talk.say('go')).toEqual(['custom', 'endOfConversation'])
})

test('a session says and speaks', async () => {
  const talk = talkWith((session) => session.say('text', 'speak', { inputHint: 'ignoringInput' }))
  await talk.say('go')
  expect(talk.sent).toMatchObject([{ text: 'text', speak: 'speak', inputHint: 'ignoringInput', textLocale: 'en-US' }])
})

test('data outlives the turn, and only that of the user the conversation', async () => {
  const seen: unknown[] = []
  const talk = talkWith((session) => {
    const bags = [session.userData, session.conversationData, session.privateConversationData]
    seen.push(structuredClone(bags))
    for (const bag of bags) bag.n = 1
    if (session.message.text === 'end') session.endConversation()
    else session.save()
  })
  for (const text of ['a', 'end', 'b']) await talk.say(text)
  expect(seen).toEqual([
    [{}, {}, {}],
    [{ n: 1 }, { n: 1 }, { n: 1 }],
    [{ n: 1 }, {}, {}],
  ])
})

test('the data of a dialog outlives the turn, until it ends', async () => {
  const talk = talkWith((session) => {
    session.dialogData.n = (session.dialogData.n ?? 0) + 1
    if (session.dialogData.n === 3) session.endDialog('end')
    else session.send('%d', session.dialogData.n)
  })
  for (const text of ['1', '2', 'end', '1']) expect(await talk.say('go')).toEqual([text])
})

test('nothing is sent when the data cannot be written, and the error is the bot’s', async () => {
  const talk = talkWith((session) => session.send('a'))
  talk.bot.set('storage', {
    getData: (_context: unknown, callback: (err: unknown, data: unknown) => void) => callback(null, {}),
    saveData: (_context: unknown, _data: unknown, callback: (err: unknown) => void) => callback(new Error('disk')),
  })
  expect(await talk.say('go')).toEqual([])
  expect(talk.errors.map(({ message }) => message)).toEqual(['disk'])
  expect(logged.join()).toContain('disk')
})

test('a session in another language uses the texts of that language', async () => {
  const talk = talkWith((session) => {
    session.preferredLocale('de')
    session.send('%s %s', session.preferredLocale(), session.gettext('x %d', 1))
  })
  expect(await talk.say('go')).toEqual(['de x 1'])
  expect(talk.sent[0]?.textLocale).toBe('de')
})

test('a loaded session has the data and the dialogs of the conversation, and can speak', async () => {
  const talk = talkWith((session) => {
    session.userData.n = 1
    session.send('hi')
  })
  await talk.say('go')
  const { address } = talk.sent[0]!
  const session = await new Promise<Session>((resolve, reject) => {
    talk.bot.loadSession(address, (err, loaded) => (err ? reject(err) : resolve(loaded)))
  })
  expect(session.userData).toEqual({ n: 1 })
  expect(session.dialogStack()).toMatchObject([{ id: '*:/' }])
  await new Promise<void>((resolve) => session.send('again').sendBatch(() => resolve()))
  expect(talk.sent.map(({ text }) => text)).toEqual(['hi', 'again'])
  const lastAccess = await new Promise<Date>((resolve) => {
    talk.bot.isInConversation(address, (_err, date) => resolve(date))
  })
  expect(lastAccess).toBeInstanceOf(Date)
})

test('what the bot begins while a turn has not written its data comes after it', async () => {
  const begun: Promise<unknown>[] = []
  const talk = talkWith((session) => {
    session.userData.n = 1
    session.send('hi')
    const { address } = session.message
    begun.push(
      new Promise((resolve) => talk.bot.beginDialog(address, 'd', null, resolve)),
      new Promise((resolve) => talk.bot.loadSession(address, (_err, loaded) => resolve(loaded.userData))),
    )
  })
  talk.bot.set('autoBatchDelay', 10)
  talk.bot.dialog('d', (session) => session.endDialog('d %d', session.userData.n))
  await talk.say('go')
  expect(await Promise.all(begun)).toEqual([null, { n: 1 }])
  expect(talk.sent.map(({ text }) => text)).toEqual(['hi', 'd 1'])
})

test('the bot sends to a new conversation when the address has none', async () => {
  const talk = talkWith()
  const address = { channelId: 'test', user: { id: 'u' }, bot: { id: 'b' } } as IAddress
  talk.bot.dialog('d', (session) => session.endDialog('in %s', session.message.address.conversation?.id))
  await new Promise<void>((resolve) => talk.bot.beginDialog(address, 'd', null, () => resolve()))
  expect(talk.sent).toMatchObject([{ text: 'in new' }])
})

test('middleware sees events on both ways, and may keep them', async () => {
  const seen: string[] = []
  const talk = talkWith((session) => session.send('one').send('secret'))
  talk.bot.use({
    receive: (event, next) => {
      seen.push(`receive ${event.type}`)
      next()
    },
    botbuilder: [
      (_session, next) => {
        seen.push('botbuilder')
        next()
      },
    ],
    send: (event, next) => {
      if ((event as IMessage).text !== 'secret') next()
    },
  })
  for (const name of ['receive', 'incoming', 'routing', 'send', 'outgoing', 'getStorageData', 'saveStorageData']) {
    talk.bot.on(name, () => seen.push(name))
  }
  expect(await talk.say('go')).toEqual(['one'])
  expect(seen).toEqual([
    'receive',
    'receive message',
    'incoming',
    'getStorageData',
    'botbuilder',
    'routing',
    'saveStorageData',
    'send',
    'outgoing',
    'send',
  ])
})

test('another event than a message is told to who listens for it', async () => {
  const talk = talkWith((session) => session.send('x'))
  const heard = jest.fn()
  talk.bot.on('conversationUpdate', heard)
  expect(await talk.say('', { type: 'conversationUpdate' })).toEqual([])
  talk.bot.on('routing', heard)
  for (const type of ['error', 'routing']) expect(await talk.say('', { type })).toEqual([])
  expect(heard).toHaveBeenCalledTimes(1)
})

test('what listeners throw, or reject with, is an error of the bot, and ends nothing', async () => {
  const talk = talkWith((session) => session.send('x'))
  talk.bot.on('typing', () => {
    throw new Error('thrown')
  })
  // oxlint-disable-next-line typescript/no-misused-promises -- what bots do
  talk.bot.on('event', () => Promise.reject(new Error('rejected')))
  talk.bot.on('error', () => {
    throw new Error('by the listener of errors')
  })
  await talk.say('', { type: 'typing' })
  await talk.say('', { type: 'event' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(talk.errors.map(({ message }) => message)).toEqual(['thrown', 'rejected'])
  expect(await talk.say('go')).toEqual(['x'])
})

test('stacks are looked at and changed as SDK v3 does', () => {
  const stack: IDialogState[] = ['a', 'b', 'a'].map((id) => ({ id, state: {} }))
  expect(Session.findDialogStackEntry(stack, 'a')).toBe(0)
  expect(Session.findDialogStackEntry(stack, 'a', true)).toBe(2)
  expect(Session.findDialogStackEntry(stack, 'z')).toBe(-1)
  expect(Session.activeDialogStackEntry([])).toBeNull()
  Session.pushDialogStackEntry(stack, { id: 'q', state: {} })
  expect(Session.popDialogStackEntry(stack).id).toBe('a')
  expect(Session.pruneDialogStack(stack, 1).id).toBe('a')
  expect(stack).toHaveLength(1)
})
