import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Activity } from '@parley/core'
import {
  ChoiceFactory,
  type ChoiceFactoryOptions,
  type Choice,
  ConfirmPrompt,
  type FindChoicesOptions,
  NumberPrompt,
  recognizeChoices,
} from '../src/index.ts'
import { textRecognizers } from '../src/recognition/text-recognizers.ts'
import { answerOf } from './converse.ts'

/** What botbuilder-dialogs 4.23.3 answered, by file. */
function recorded<T>(name: string): T[] {
  return JSON.parse(readFileSync(join(__dirname, 'recorded', name), 'utf8'))
}

/** When the dates were recorded: a Friday morning. */
const RECORDED_AT = new Date(2026, 10, 20, 10, 30)

type Choices = (string | Choice)[]

test.each(recorded<{ said: string; choices: Choices; options?: FindChoicesOptions; found: unknown }>('choices.json'))(
  'choices in "$said" are found as before ($options)',
  ({ said, choices, options, found }) => {
    expect(recognizeChoices(said, choices, options)).toEqual(found)
  },
)

interface RecordedMessage {
  channel?: string
  style?: 'inline' | 'list' | 'suggestedAction' | 'heroCard'
  choices: Choices
  options?: ChoiceFactoryOptions
  message: Partial<Activity>
}

test.each(recorded<RecordedMessage>('messages.json'))(
  'choices for $channel$style look as before ($choices.length, $options)',
  ({ channel, style, choices, options, message }) => {
    const made = style
      ? ChoiceFactory[style](choices, 'q', 's', options)
      : ChoiceFactory.forChannel(channel!, choices, 'q', 's', options)
    expect(JSON.parse(JSON.stringify(made))).toEqual(message)
  },
)

test.each(recorded<{ said: string; locale: string; number?: number }>('numbers.json'))(
  '"$said" in $locale is $number',
  async ({ said, locale, number }) => {
    expect(await answerOf(new NumberPrompt('number'), {}, said, { locale })).toBe(number)
  },
)

test.each(recorded<{ said: string; locale: string; yes?: boolean }>('confirmations.json'))(
  '"$said" in $locale means $yes',
  async ({ said, locale, yes }) => {
    expect(await answerOf(new ConfirmPrompt('confirm'), {}, said, { locale })).toBe(yes)
  },
)

test.each(recorded<{ said: string; locale: string; resolutions?: unknown }>('date-times.json'))(
  'the times "$said" may mean in $locale are those of before',
  ({ said, locale, resolutions }) => {
    const [found] = textRecognizers.dateTimes(said, locale, RECORDED_AT)
    expect(found?.resolution['values']).toEqual(resolutions)
  },
)
