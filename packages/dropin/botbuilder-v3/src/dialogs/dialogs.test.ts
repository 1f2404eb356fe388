import {
  IntentDialog,
  Library,
  LuisRecognizer,
  Middleware,
  Prompts,
  RegExpRecognizer,
  ResumeReason,
  SimpleDialog,
} from '../index.ts'
import type { IDialogResult, Session } from '../index.ts'
import { talkWith } from '../../test/talk.ts'

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => jest.restoreAllMocks())

const DEFAULT = (session: Session): unknown => session.send('default %s', session.message.text)

type Script = readonly (readonly [said: string, heard: readonly string[]])[]

async function play({ say }: ReturnType<typeof talkWith>, script: Script): Promise<void> {
  for (const [said, heard] of script) expect([said, await say(said)]).toEqual([said, heard])
}

test('actions begin, interrupt, reload, cancel and end', async () => {
  const talk = talkWith(DEFAULT)
  talk.bot
    .dialog('order', [
      (session) => Prompts.text(session, 'What?'),
      (session, { response }) => session.endDialog('Ordered %s', response),
    ])
    .triggerAction({ matches: /^order/i, confirmPrompt: 'Really?' })
    .cancelAction('cancelOrder', 'Canceled.', { matches: /^cancel/i, confirmPrompt: 'Sure?' })
    .reloadAction('restart', 'Restarting', { matches: /^restart/i })
    .beginDialogAction('help', 'helpOrder', { matches: /^help/i, dialogArgs: { x: 1 } })
    .endConversationAction('bye', 'Goodbye.', { matches: /^bye/i })
  talk.bot.dialog('helpOrder', (session, { action, x }) => session.endDialog('Help %s %d', action, x))
  talk.bot.dialog('other', (session) => session.endDialog('Other')).triggerAction({ matches: /^other/i })
  await play(talk, [
    ['hello', ['default hello']],
    ['order now', ['What?']],
    ['help me', ['Help help 1', 'What?']],
    ['restart', ['Restarting', 'What?']],
    ['cancel', ['Sure?']],
    ['no', ['What?']],
    ['cancel', ['Sure?']],
    ['yes', ['Canceled.']],
    ['order', ['What?']],
    ['other', ['Really?']],
    ['no', ['What?']],
    ['other', ['Really?']],
    ['yes', ['Other']],
    ['order', ['What?']],
    ['bye', ['Goodbye.', 'endOfConversation']],
    ['hm', ['default hm']],
  ])
  expect(talk.errors).toEqual([])
})

test('global actions go by text, by button and by code', async () => {
  const talk = talkWith(DEFAULT)
  talk.bot.dialog('glob', (session, { data }) => session.endDialog('glob %s', data))
  talk.bot.beginDialogAction('glob', 'glob', { matches: /^glob/ })
  talk.bot.endConversationAction('end', 'The end', { matches: /^end$/ })
  talk.bot.customAction({
    matches: /^custom/,
    onSelectAction: (session, args) => session.send('custom %s', args?.intent?.matched?.[0]),
  })
  talk.bot
    .dialog('found', (session) => session.endDialog('found'))
    .triggerAction({ onFindAction: ({ message }, callback) => callback(null!, message.text === '42' ? 1 : 0) })
  await play(talk, [
    ['glob', ['glob undefined']],
    ['action?glob=data1', ['glob data1']],
    ['custom', ['custom custom']],
    ['42', ['found']],
    ['end', ['The end', 'endOfConversation']],
  ])
})

test('onSelectAction and onInterrupted decide what becomes of the dialogs', async () => {
  const talk = talkWith(DEFAULT)
  talk.bot
    .dialog('order', [(session) => Prompts.text(session, 'What?'), (session) => session.endDialog('Done')])
    .triggerAction({
      matches: /^order/,
      onInterrupted: (session, dialogId, _args, next) => {
        session.send('Interrupted by %s', dialogId)
        next?.()
      },
    })
  talk.bot
    .dialog('aside', (session) => session.endDialog('Aside'))
    .triggerAction({
      matches: /^aside/,
      onSelectAction: (session, args) => session.beginDialog(args?.action ?? '', args),
    })
  talk.bot.dialog('other', (session) => session.endDialog('Other')).triggerAction({ matches: /^other/ })
  await play(talk, [
    ['order', ['What?']],
    ['aside', ['Aside', "I didn't understand. Please try again."]],
    ['other', ['Interrupted by *:other', 'Other']],
  ])
})

test('an intent dialog does what is meant, and waterfalls of its own', async () => {
  const dialog = new IntentDialog()
    .onBegin((session, _args, next) => {
      session.send('begin')
      next()
    })
    .matches(/^hello (.*)/i, (session, { matched }) => session.send('Hi %s', matched[1]))
    .matches(/^name/i, [
      (session) => Prompts.text(session, 'Name?'),
      (session, { response }) => session.send('name %s', response),
    ])
    .matchesAny([/^x/, /^y/], 'xy', { k: 1 })
    .onDefault((session) => session.send('no idea'))
  const talk = talkWith()
  talk.bot.dialog('/', dialog)
  talk.bot.dialog('xy', (session, { score, k }) => session.endDialog('xy %s %d', score, k))
  await play(talk, [
    ['hello bob', ['begin', 'Hi bob']],
    ['hello sue', ['Hi sue']],
    ['name', ['Name?']],
    ['Joe', ['name Joe']],
    ['xx', ['xy 0.7 1']],
    ['foo', ['no idea']],
  ])
})

test('recognizers of the bot find intents, and one that fails leaves the rest to work', async () => {
  const talk = talkWith(DEFAULT)
  talk.bot.recognizer(new RegExpRecognizer('Help', /help/i))
  talk.bot.recognizer(new RegExpRecognizer('Bye', { 'de-DE': /tschau/, '*': /bye/ }))
  talk.bot.recognizer({
    recognize: ({ message }, callback) =>
      callback(null!, message.text === 'ai' ? { score: 0.8, intent: 'Ai' } : { score: 0, intent: null! }),
  })
  talk.bot.dialog('help', (session) => session.endDialog('H')).triggerAction({ matches: 'Help' })
  talk.bot
    .dialog('bye', (session, { intent }) => session.endDialog('B %s', intent.intent))
    .triggerAction({ matches: ['Bye', 'Ai'] })
  await play(talk, [
    ['please help', ['H']],
    ['bye', ['B Bye']],
    ['ai', ['B Ai']],
    ['x', ['default x']],
  ])
  talk.bot.recognizer(new LuisRecognizer('https://example.com/model'))
  await play(talk, [['help', ['default help']]])
  expect(talk.errors).toMatchObject([{ code: 'DROPIN_UNSUPPORTED' }])
})

test('libraries have their own dialogs, which give results to those that began them', async () => {
  const talk = talkWith(DEFAULT)
  const library = new Library('lib')
  library.dialog('/', [
    (session, { z }) => {
      session.send('lib %d', z)
      session.beginDialog('inner')
    },
    (session, result) => session.endDialogWithResult(result),
  ])
  library.dialog('inner', [
    (session) => Prompts.confirm(session, 'ok?'),
    (session, result) => session.endDialogWithResult(result),
  ])
  talk.bot.library(library)
  talk.bot
    .dialog('use', [
      (session) => session.beginDialog('lib:/', { z: 1 }),
      (session, { response, childId }) => session.endDialog('back %s from %s', response, childId),
    ])
    .triggerAction({ matches: /^use/ })
  await play(talk, [
    ['use', ['lib 1', 'ok?']],
    ['yes', ['back true from lib:/']],
  ])
})

test('steps go on, back, and from the start when nothing was asked', async () => {
  const talk = talkWith([
    (session, _args, next) => {
      session.send('1')
      next?.({ response: 'n' })
    },
    (session, { response, resumed }) => session.send('2 %s %d', response, resumed),
    (session) => session.send('never'),
  ])
  await play(talk, [
    ['a', ['1', `2 n ${ResumeReason.forward}`]],
    ['b', ['1', `2 n ${ResumeReason.forward}`]],
  ])
  const back = talkWith([
    (session) => Prompts.text(session, 'T?'),
    (_session, _result, next) => next?.({ resumed: ResumeReason.back }),
  ])
  await play(back, [
    ['a', ['T?']],
    ['b', ['T?']],
  ])
})

test('a simple dialog sees messages and results', async () => {
  const talk = talkWith()
  const handler = (session: Session, args?: IDialogResult<string>): void => {
    if (args?.resumed === undefined) Prompts.text(session, 'S?')
    else session.endDialog('got %s', args.response)
  }
  talk.bot.dialog('/', new SimpleDialog(handler))
  await play(talk, [
    ['a', ['S?']],
    ['joe', ['got joe']],
  ])
})

test('a canceled dialog tells the one below it', async () => {
  const talk = talkWith(DEFAULT)
  talk.bot
    .dialog('parent', [
      (session) => session.beginDialog('child'),
      (session, { resumed }) => session.endDialog('parent %s', ResumeReason[resumed]),
    ])
    .triggerAction({ matches: /^p/ })
  talk.bot
    .dialog('child', [
      (session) => Prompts.text(session, 'C?'),
      (session, result) => session.endDialogWithResult(result),
    ])
    .cancelAction('cancel', 'ok', { matches: /^cancel/ })
  await play(talk, [
    ['p', ['C?']],
    ['cancel', ['ok', 'parent canceled']],
  ])
})

test('a bot without a dialog to start with says nothing to what triggers nothing', async () => {
  const talk = talkWith()
  expect(await talk.say('x')).toEqual([])
  expect(talk.errors).toEqual([])
})

test('a conversation whose dialogs are gone begins anew', async () => {
  const talk = talkWith(DEFAULT)
  talk.bot.dialog('d', [(session) => Prompts.text(session, 'T?')]).triggerAction({ matches: /^d/ })
  await talk.say('d')
  const later = talkWith(DEFAULT)
  later.bot.set('storage', talk.bot.get('storage'))
  expect(await later.say('x')).toEqual(['default x'])
})

test('the default middleware greets new users, resets, and shows that the bot is at it', async () => {
  const talk = talkWith(DEFAULT)
  talk.bot.use(Middleware.firstRun({ version: 1, dialogId: '*:first' }))
  talk.bot.use(Middleware.dialogVersion({ version: 2, resetCommand: /^reset/i, message: 'was reset' }))
  talk.bot.use(Middleware.sendTyping())
  talk.bot.dialog('first', (session) => session.endDialog('first'))
  await play(talk, [
    ['a', ['first']],
    ['b', ['typing', 'default b']],
    ['reset', ['was reset', 'endOfConversation']],
    ['c', ['typing', 'default c']],
  ])
})

test('the one who is asked which way to go on is the bot, when it wants', async () => {
  const talk = talkWith(DEFAULT)
  for (const id of ['one', 'two']) {
    talk.bot.dialog(id, (session) => session.endDialog(id)).triggerAction({ matches: /^go/ })
  }
  talk.bot.onDisambiguateRoute((session, routes) => session.send('%d ways', routes.length))
  expect(await talk.say('go')).toEqual(['2 ways'])
})

test('two dialogs of one id are refused', () => {
  const { bot } = talkWith(DEFAULT)
  expect(() => bot.dialog('/', DEFAULT)).toThrow('Dialog[/] already exists in library[*].')
})
