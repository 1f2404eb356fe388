import type { Activity, Attachment } from '@parley/core'
import { answerOf, converse } from '../../test/converse.ts'
import type { FoundChoice } from '../choices/find-choices.ts'
import { ActivityPrompt } from './activity-prompt.ts'
import { AttachmentPrompt } from './attachment-prompt.ts'
import { ChoicePrompt } from './choice-prompt.ts'
import { ConfirmPrompt } from './confirm-prompt.ts'
import { DateTimePrompt } from './date-time-prompt.ts'
import { ListStyle } from './list-style.ts'
import { NumberPrompt } from './number-prompt.ts'
import type { PromptValidatorContext } from './prompt-validator.ts'
import { TextPrompt } from './text-prompt.ts'

const silent: Partial<Activity> = { type: 'message' }
const choices = ['red', 'green', 'blue']

test.each([
  ['text', new TextPrompt('p'), {}],
  ['number', new NumberPrompt('p'), {}],
  ['date', new DateTimePrompt('p'), {}],
  ['choice', new ChoicePrompt('p'), { choices, style: ListStyle.none }],
  ['yes or no', Object.assign(new ConfirmPrompt('p'), { style: ListStyle.none }), {}],
  ['file', new AttachmentPrompt('p'), {}],
])(
  'a prompt for a %s asks again when nothing is said, with the retry prompt or else the prompt',
  async (_, prompt, more) => {
    const asked = async (options: object): Promise<unknown> =>
      (await converse(prompt, { ...options, ...more }, ['hi', silent, { ...silent, text: '' }])).map(({ replies }) =>
        replies.map(({ text, inputHint }) => `${text} ${inputHint}`),
      )
    const [q, r] = [['q expectingInput'], ['r expectingInput']]
    expect(await asked({ prompt: 'q', retryPrompt: 'r' })).toEqual([q, r, r])
    expect(await asked({ prompt: 'q' })).toEqual([q, q, q])
  },
)

test('a prompt without a prompt says nothing', async () => {
  const turns = await converse(new NumberPrompt('p'), undefined, ['hi', 'x', '5'])
  expect(turns.map(({ texts }) => texts)).toEqual([[], [], []])
  expect(turns[2]!.result.result).toBe(5)
})

test('a prompt of its own input hint keeps it', async () => {
  const prompt = { text: 'q', inputHint: 'ignoringInput' }
  const [turn] = await converse(new TextPrompt('p'), { prompt }, ['hi'])
  expect(turn!.replies).toMatchObject([prompt])
})

test.each([
  ['forty', 40],
  ["I'm forty two", 42],
  ['1,500.5', 1500.5],
  ['-3', -3],
  ['none', undefined],
])('"%s" is the number %d', async (said, number) => {
  expect(await answerOf(new NumberPrompt('p'), {}, said)).toBe(number)
})

test.each([
  ['the activity', 'es-mx', undefined],
  ['the prompt, where the activity says none', '', 'es-es'],
])('the language of a number is that of %s', async (_, locale, defaultLocale) => {
  expect(await answerOf(new NumberPrompt('p', undefined, defaultLocale), {}, '1.500', { locale })).toBe(1500)
})

test('a time is all it may mean, without notes of the recognizer', async () => {
  const at5 = await answerOf(new DateTimePrompt('p'), {}, 'at 5')
  expect(at5).toEqual([
    { timex: 'T05', type: 'time', value: '05:00:00' },
    { timex: 'T17', type: 'time', value: '17:00:00' },
  ])
  expect(await answerOf(new DateTimePrompt('p'), {}, 'after 5pm')).toEqual([
    { timex: 'T17', Mod: 'after', type: 'timerange', start: '17:00:00' },
  ])
})

test('a file is what the message brings', async () => {
  const attachments: Attachment[] = [{ contentType: 'image/png', contentUrl: 'https://x.test/1' }]
  const turns = await converse(new AttachmentPrompt('p'), {}, [
    'hi',
    { ...silent, attachments: [] },
    { ...silent, attachments },
  ])
  expect(turns[2]!.result).toEqual({ status: 'complete', result: attachments })
})

describe('a prompt for a choice', () => {
  test.each([
    ['red', 'red'],
    ['the second one', 'green'],
    ['3', 'blue'],
    ['none', undefined],
  ])('takes "%s" for %s', async (said, value) => {
    const found = (await answerOf(new ChoicePrompt('p'), { choices }, said)) as FoundChoice | undefined
    expect(found?.value).toBe(value)
  })

  test('shows choices as the options say, else as it is set up, else as suits the channel', async () => {
    const prompt = new ChoicePrompt('p')
    const shown = async (options: object, channelId = 'test'): Promise<unknown> =>
      (await converse(prompt, { prompt: 'q', choices, ...options }, ['hi'], { template: { channelId } }))[0]!.replies[0]
    expect(await shown({})).toMatchObject({ text: 'q (1) red, (2) green, or (3) blue' })
    expect(await shown({}, 'emulator')).toMatchObject({ text: 'q', suggestedActions: { actions: { length: 3 } } })
    prompt.style = ListStyle.list
    expect(await shown({}, 'emulator')).toMatchObject({ text: 'q\n\n   1. red\n   2. green\n   3. blue' })
    expect(await shown({ style: ListStyle.none })).toMatchObject({ text: 'q', inputHint: 'expectingInput' })
  })

  test('writes choices out in the language of the activity, or as it is told', async () => {
    const prompt = new ChoicePrompt('p')
    const text = async (locale: string): Promise<unknown> =>
      (await converse(prompt, { prompt: 'q', choices }, ['hi'], { template: { locale } }))[0]!.texts[0]
    expect(await text('de-AT')).toBe('q (1) red, (2) green, oder (3) blue')
    expect(await text('xx')).toBe('q (1) red, (2) green, or (3) blue')
    prompt.choiceOptions = { inlineSeparator: '; ', inlineOrMore: ' / ', includeNumbers: false }
    expect(await text('de-AT')).toBe('q red; green / blue')
  })

  test('knows the words of languages it is given', async () => {
    const prompt = new ChoicePrompt('p', undefined, undefined, {
      'tlh-kx': { inlineSeparator: ', ', inlineOr: ' pagh ', inlineOrMore: ', pagh ', includeNumbers: true },
    })
    const [turn] = await converse(prompt, { prompt: 'q', choices: ['a', 'b'] }, ['hi'], {
      template: { locale: 'tlh-KX' },
    })
    expect(turn!.texts).toEqual(['q (1) a pagh (2) b'])
  })

  test('looks for choices as it is told', async () => {
    const prompt = Object.assign(new ChoicePrompt('p'), { recognizerOptions: { recognizeNumbers: false } })
    expect(await answerOf(prompt, { choices }, '2')).toBeUndefined()
    prompt.recognizerOptions = { allowPartialMatches: true } as never
    expect(await answerOf(prompt, { choices: ['dark red'] }, 'red')).toMatchObject({ value: 'dark red', score: 0.5 })
  })

  test('looks for ordinals in the language the options name where the activity names none', async () => {
    const prompt = Object.assign(new ChoicePrompt('p'), { recognizerOptions: { locale: 'es-es' } })
    expect(await answerOf(prompt, { choices }, 'dos', { locale: '' })).toMatchObject({ value: 'green' })
    expect(await answerOf(prompt, { choices }, 'dos', { locale: 'en-us' })).toBeUndefined()
  })
})

describe('a prompt for yes or no', () => {
  test.each([
    [{}, '2', false],
    [{ choiceOptions: { includeNumbers: true } }, '1', true],
    [{ choiceOptions: { includeNumbers: false } }, '2', undefined],
    [{ confirmChoices: [{ value: 'agree', synonyms: ['fine'] }, 'refuse'] }, 'fine', true],
    [{ confirmChoices: ['agree', 'refuse'] }, 'refuse', false],
  ])('set up with %j takes "%s" for %s', async (set, said, yes) => {
    expect(await answerOf(Object.assign(new ConfirmPrompt('p'), set), {}, said)).toBe(yes)
  })

  test('takes no notice of the choices and the style of the options', async () => {
    const [turn] = await converse(new ConfirmPrompt('p'), { prompt: 'q', choices, style: ListStyle.list }, ['hi'])
    expect(turn!.texts).toEqual(['q (1) Yes or (2) No'])
  })

  test('may have the answer in another language than the question', async () => {
    expect(await answerOf(new ConfirmPrompt('p'), { recognizeLanguage: 'fr-fr' }, 'oui')).toBe(true)
  })

  test('knows the words of languages it is given', async () => {
    const prompt = new ConfirmPrompt('p', undefined, undefined, {
      'en-us': { choices: ['Aye', 'Nay'], options: { inlineOr: ' / ', includeNumbers: true } },
    })
    const turns = await converse(prompt, { prompt: 'q' }, ['hi', 'nay'])
    expect(turns[0]!.texts).toEqual(['q (1) Aye / (2) Nay'])
    expect(turns[1]!.result.result).toBe(false)
  })
})

describe('a prompt for an activity', () => {
  const event = (name: string): Partial<Activity> => ({ type: 'event', name })
  const isGo = async ({ recognized }: PromptValidatorContext<Activity>): Promise<boolean> =>
    recognized.value?.name === 'go'

  test('returns the one that will do, and counts the others', async () => {
    const turns = await converse(new ActivityPrompt('p', isGo), { prompt: 'q' }, ['hi', event('no'), event('go')])
    expect(turns[1]!.state).toEqual({ options: { prompt: 'q' }, state: { attemptCount: 1 } })
    expect(turns[2]!.result).toMatchObject({ status: 'complete', result: { type: 'event', name: 'go' } })
  })

  test('asks again after messages only', async () => {
    const turns = await converse(new ActivityPrompt('p', isGo), { prompt: 'q', retryPrompt: 'r' }, [
      'hi',
      'x',
      event('no'),
    ])
    expect(turns.map(({ texts }) => texts)).toEqual([['q'], ['r'], []])
  })
})
