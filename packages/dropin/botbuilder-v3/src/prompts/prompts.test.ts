import { ListStyle, Prompt, Prompts } from '../index.ts'
import type { IChoice, IDialogResult, Session } from '../index.ts'
import { talkWith } from '../../test/talk.ts'

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => jest.restoreAllMocks())

type Ask = (session: Session) => void

/** Asks, and says as JSON what came of it. */
function asking(ask: Ask, channelId?: string): ReturnType<typeof talkWith> {
  return talkWith(
    [
      ask,
      (session: Session, { resumed, response }: IDialogResult<unknown>) => session.endDialog('%j', [resumed, response]),
    ],
    channelId,
  )
}

const RETRY_NUMBER = "I didn't recognize that as a number. Please enter a number."
const RETRY_CONFIRM = "I didn't understand. Please answer 'yes' or 'no'."
const RETRY_CHOICE = "I didn't understand. Please choose an option from the list."

test.each<[string, Ask, string, string]>([
  ['a text', (s) => Prompts.text(s, 'Q'), 'Ada', '[0,"Ada"]'],
  ['digits', (s) => Prompts.number(s, 'Q'), 'about 5 or so', '[0,5]'],
  ['a number with a sign', (s) => Prompts.number(s, 'Q'), '-3.5', '[0,-3.5]'],
  ['thousands', (s) => Prompts.number(s, 'Q'), '1,000', '[0,1000]'],
  ['words', (s) => Prompts.number(s, 'Q'), 'twenty one', '[0,21]'],
  ['no number', (s) => Prompts.number(s, 'Q'), 'none', RETRY_NUMBER],
  [
    'a number that is too small',
    (s) => Prompts.number(s, 'Q', { minValue: 2 }),
    '1',
    'The number you entered was below the minimum allowed value of 2. Please enter a valid number.',
  ],
  [
    'a number that is too large',
    (s) => Prompts.number(s, 'Q', { maxValue: 2 }),
    '3',
    'The number you entered was above the maximum allowed value of 2. Please enter a valid number.',
  ],
  [
    'a number out of range, whatever the retry prompt',
    (s) => Prompts.number(s, 'Q', { minValue: 2, maxValue: 4, retryPrompt: 'Again' }),
    '5',
    'The number you entered was outside the allowed range of 2 to 4. Please enter a valid number.',
  ],
  [
    'a fraction',
    (s) => Prompts.number(s, 'Q', { integerOnly: true }),
    '3.5',
    'The number you entered was not an integer. Please enter a number without a decimal mark.',
  ],
  [
    'a text that is too short',
    (s) => Prompts.text(s, 'Q', { minLength: 3 }),
    'ab',
    'The text you entered was below the minimum allowed length of 3. Please enter a valid text.',
  ],
  [
    'a text that is too long',
    (s) => Prompts.text(s, 'Q', { maxLength: 3 }),
    'abcd',
    'The text you entered was above the maximum allowed length of 3. Please enter a valid text.',
  ],
  ['yes', (s) => Prompts.confirm(s, 'Q'), 'yes please', '[0,true]'],
  ['yep', (s) => Prompts.confirm(s, 'Q'), 'yep', '[0,true]'],
  ['no', (s) => Prompts.confirm(s, 'Q'), 'no thanks', '[0,false]'],
  ['neither yes nor no', (s) => Prompts.confirm(s, 'Q'), 'maybe', RETRY_CONFIRM],
  ['1 to a yes-or-no question', (s) => Prompts.confirm(s, 'Q'), '1', RETRY_CONFIRM],
  ['a choice', (s) => Prompts.choice(s, 'Q', 'red|green'), 'green', '[0,{"index":1,"entity":"green","score":1}]'],
  [
    'a choice among other words',
    (s) => Prompts.choice(s, 'Q', 'red|green|blue', { listStyle: ListStyle.none }),
    'the green one please',
    '[0,{"index":1,"entity":"green","score":0.55}]',
  ],
  [
    'a part of a choice',
    (s) => Prompts.choice(s, 'Q', ['red apple', 'red pear']),
    'apple',
    '[0,{"index":0,"entity":"red apple","score":0.7}]',
  ],
  [
    'the number of a choice',
    (s) => Prompts.choice(s, 'Q', { small: 1, large: 2 }),
    '2',
    '[0,{"index":1,"entity":"large","score":1}]',
  ],
  [
    'an ordinal that holds a number',
    (s) => Prompts.choice(s, 'Q', 'a|b|c', { listStyle: ListStyle.none }),
    'the second one',
    '[0,{"index":1,"entity":"b","score":0.6}]',
  ],
  ['last', (s) => Prompts.choice(s, 'Q', 'a|b|c'), 'last', '[0,{"index":2,"entity":"c","score":1}]'],
  [
    'a synonym',
    (s) => Prompts.choice(s, 'Q', [{ value: 'one', synonyms: 'uno|eins' }]),
    'eins',
    '[0,{"index":0,"entity":"one","score":1}]',
  ],
  ['no choice', (s) => Prompts.choice(s, 'Q', 'red|green'), 'x', `${RETRY_CHOICE} (1. red or 2. green)`],
  [
    'a choice that is not there',
    (s) => Prompts.choice(s, 'Q', 'red|green'),
    '3',
    `${RETRY_CHOICE} (1. red or 2. green)`,
  ],
  [
    'no time',
    (s) => Prompts.time(s, 'Q'),
    'blue',
    "I didn't recognize the time you entered. Please try again using a format of (MM/DD/YYYY HH:MM:SS).",
  ],
  ['no file', (s) => Prompts.attachment(s, 'Q'), 'no', "I didn't receive a file. Please try again."],
])('%s is answered as SDK v3 does', async (_what, ask, reply, expected) => {
  const { say } = asking(ask)
  await say('go')
  expect(await say(reply)).toEqual([expected])
})

test.each<[string, ListStyle | undefined, string[], string]>([
  ['test', undefined, ['red', 'green', 'blue'], 'Q (1. red, 2. green, or 3. blue)'],
  ['test', ListStyle.auto, ['a', 'b', 'c', 'd'], 'Q\n\n   1. a\n   2. b\n   3. c\n   4. d'],
  ['test', ListStyle.inline, ['a', 'b'], 'Q (1. a or 2. b)'],
  ['test', ListStyle.list, ['a', 'b'], 'Q\n\n   1. a\n   2. b'],
  ['test', ListStyle.none, ['a', 'b'], 'Q'],
  ['webchat', ListStyle.auto, ['a', 'b'], 'Q'],
])('on %s a list of style %s of %j is shown as %j', async (channelId, listStyle, choices, text) => {
  const { say, sent } = asking(
    (s) => Prompts.choice(s, 'Q', choices, listStyle === undefined ? {} : { listStyle }),
    channelId,
  )
  expect(await say('go')).toEqual([text])
  const buttons = choices.map((value) => ({ type: 'imBack', title: value, value }))
  const contentType = 'application/vnd.microsoft.keyboard'
  expect(sent[0]?.attachments).toEqual(channelId === 'webchat' ? [{ contentType, content: { buttons } }] : undefined)
  expect(sent[0]?.inputHint).toBe('expectingInput')
})

test('a prompt gives up after so many tries', async () => {
  const { say } = asking((s) => Prompts.number(s, 'Q', { maxRetries: 1 }))
  await say('go')
  expect(await say('x')).toEqual([RETRY_NUMBER])
  expect(await say('x')).toEqual(['[1,null]'])
})

test('a prompt says and speaks what its options say', async () => {
  const { say, sent } = asking((s) => {
    Prompts.text(s, 'Q', { speak: 'spoken', retrySpeak: 'again', retryPrompt: 'R', minLength: 1, inputHint: 'x' })
  })
  await say('go')
  expect(sent[0]).toMatchObject({ text: 'Q', speak: 'spoken', inputHint: 'x' })
})

test('only files of the wanted types are an answer', async () => {
  const { say } = asking((s) => Prompts.attachment(s, 'Q', { contentTypes: 'image/*' }))
  await say('go')
  const file = (contentType: string): object => ({ attachments: [{ contentType, contentUrl: 'http://x' }] })
  expect(await say('', file('text/plain'))).toEqual(["I didn't receive a file. Please try again."])
  expect(await say('', file('image/png'))).toEqual(['[0,[{"contentType":"image/png","contentUrl":"http://x"}]]'])
})

test('a prompt of the bot recognizes, retries and listens for other things its own way', async () => {
  const { bot, say } = talkWith([
    (s) => s.beginDialog('age', { prompt: 'Age?' }),
    (s, { response }) => s.endDialog('%d it is', response),
  ])
  const prompt = new Prompt({ defaultRetryPrompt: 'Digits!' }).onRecognize((context, callback) => {
    const found = /^\d+$/.exec(context.message.text ?? '')
    callback(null as unknown as Error, found ? 1 : 0, found && Number(found[0]))
  })
  prompt.matches(/^why/, (session) => {
    session.send('Because.')
    prompt.sendPrompt(session)
  })
  bot.dialog('age', prompt)
  expect(await say('go')).toEqual(['Age?'])
  expect(await say('x')).toEqual(['Digits!'])
  expect(await say('why')).toEqual(['Because.', 'Digits!'])
  expect(await say('12')).toEqual(['12 it is'])
})

test('a user may choose none of several ways on', async () => {
  const { say } = asking((s) => Prompts.disambiguate(s, 'Which?', { One: { score: 1, libraryName: '*' }, None: null! }))
  expect(await say('go')).toEqual(['Which? (1. One or 2. None)'])
  expect(await say('none')).toEqual([])
})

test('choices keep what they are as buttons', async () => {
  const choices: IChoice[] = [{ value: 'one', action: { type: 'imBack', title: 'The One', value: 'uno' } }]
  const { say, sent } = asking((s) => Prompts.choice(s, 'Q', choices, { listStyle: ListStyle.button }))
  await say('go')
  expect(sent[0]?.attachments?.[0]?.content).toEqual({ buttons: [choices[0]?.action] })
  expect(await say('the one')).toEqual(['[0,{"index":0,"entity":"one","score":1}]'])
})
