import type { CardAction, TurnContext } from '@parley/core'
import { ChoiceFactory } from './choice-factory.ts'

const colors = ['red', 'green', 'blue']

test.each([
  ['one choice', ['red'], 'q (1) red'],
  ['two choices', ['red', 'green'], 'q (1) red or (2) green'],
  ['three choices', colors, 'q (1) red, (2) green, or (3) blue'],
  ['no choice', [], 'q '],
])('%s in a line', (_, choices, text) => {
  expect(ChoiceFactory.inline(choices, 'q')).toEqual({ type: 'message', text, inputHint: 'expectingInput' })
})

test('a list has a line for each choice, with three spaces before', () => {
  expect(ChoiceFactory.list(colors, 'q').text).toBe('q\n\n   1. red\n   2. green\n   3. blue')
  expect(ChoiceFactory.list(colors, 'q', undefined, { includeNumbers: false }).text).toBe(
    'q\n\n   - red\n   - green\n   - blue',
  )
})

test.each([
  ['facebook', colors, 'suggestedActions'],
  ['facebook', Array.from('abcdefghijk'), 'text'],
  ['msteams', colors, 'attachments'],
  ['email', colors, 'text'],
  ['emulator', ['x'.repeat(20)], 'suggestedActions'],
  ['emulator', ['x'.repeat(21)], 'text'],
])('on %s %j go into %s', (channelId, choices, property) => {
  for (const where of [channelId, { activity: { channelId } } as TurnContext]) {
    const { text, suggestedActions, attachments } = ChoiceFactory.forChannel(where, choices)
    const used = suggestedActions ? 'suggestedActions' : attachments ? 'attachments' : text && 'text'
    expect(used).toBe(property)
  }
})

test('an action gets the type, title and value it lacks, and the choice that was passed keeps what it had', () => {
  const choice = { value: 'green', action: { title: 'G' } as CardAction }
  expect(ChoiceFactory.toChoices([choice, 'red'])).toEqual([
    { value: 'green', action: { type: 'imBack', title: 'G', value: 'G' } },
    { value: 'red' },
  ])
  expect(choice.action).toEqual({ title: 'G' })
  expect(ChoiceFactory.toChoices(undefined)).toEqual([])
})
