import { cardInput } from './card-input.ts'

const choices = [
  { title: 'Red', value: 'r' },
  { title: 'Green', value: 'g' },
]

test.each<[string, object, string, unknown]>([
  ['Text', {}, 'Ada', 'Ada'],
  ['Text', { maxLength: 2 }, 'Ada', undefined],
  ['Text', { regex: '^(a+)+$' }, `${'a'.repeat(60)}!`, `${'a'.repeat(60)}!`],
  ['Number', { min: 1, max: 5 }, '3', 3],
  ['Number', { min: 1 }, '0', undefined],
  ['Number', {}, 'x', undefined],
  ['Number', {}, '', undefined],
  ['Date', {}, '2026-12-24', '2026-12-24'],
  ['Date', {}, '24.12.', undefined],
  ['Date', {}, '2026-13-45', undefined],
  ['Time', {}, '17:30', '17:30'],
  ['Time', {}, '25:00', undefined],
  ['Toggle', {}, 'yes', 'true'],
  ['Toggle', { valueOff: 'off!' }, 'n', 'off!'],
  ['Toggle', {}, 'maybe', undefined],
  ['ChoiceSet', { choices }, '2', 'g'],
  ['ChoiceSet', { choices }, 'red', 'r'],
  ['ChoiceSet', { choices }, '3', undefined],
  ['ChoiceSet', { choices, isMultiSelect: true }, '1, green', 'r,g'],
  ['ChoiceSet', { choices, isMultiSelect: true }, '1, blue', undefined],
])('Input.%s with %j reads %j', (type, element, answer, value) => {
  const parsed = cardInput({ type: `Input.${type}`, id: 'a', ...element })?.parse(answer) ?? {}
  expect('value' in parsed ? parsed.value : undefined).toBe(value)
  expect('problem' in parsed).toBe(value === undefined)
})

test('a question says what may be answered, and what Enter does', () => {
  const input = cardInput({
    type: 'Input.Number',
    id: 'n',
    label: 'How many',
    min: 1,
    max: 5,
    value: 2,
    isRequired: true,
  })
  expect(input).toMatchObject({ question: 'How many (a number from 1 to 5; Enter for 2; required)', fallback: '2' })
  expect(cardInput({ type: 'Input.Text', id: 'n', isRequired: true })?.fallback).toBeUndefined()
  expect(cardInput({ type: 'Input.Toggle', id: 'n' })?.fallback).toBe('false')
})

test.each([{ type: 'Input.Text' }, { type: 'Input.File', id: 'a' }, { type: 'TextBlock', id: 'a' }])(
  '%j is no input',
  (element) => {
    expect(cardInput(element)).toBeUndefined()
  },
)
