import { CliUsageError } from './errors.ts'
import { parseFlags, parseNumber, splitCommand } from './parse-flags.ts'

const flags = {
  bot: { type: 'string' },
  json: { type: 'boolean' },
  header: { type: 'string', multiple: true },
} as const

/** Without the cause, which says what node:util found. */
const refusal = (message: string): Error => expect.objectContaining({ code: CliUsageError.code, message })

test('options come typed, words that are none beside them', () => {
  const args = ['--bot', 'x', 'file', '--json', '--header', 'a', '--header=b']
  const { values, positionals } = parseFlags(args, flags, { maxPositionals: 1 })
  expect({ ...values }).toEqual({ bot: 'x', json: true, header: ['a', 'b'] })
  expect(positionals).toEqual(['file'])
})

test.each([
  [['--bto', 'x'], "Unknown option '--bto'. Did you mean --bot?"],
  [['--colour'], "Unknown option '--colour'."],
  [['--bot'], "Option '--bot <value>' argument missing."],
  [['--bot', '--json'], "Option '--bot' argument is ambiguous."],
  [['--json=yes'], "Option '--json' does not take an argument."],
  [['file', 'other'], 'There is one word too many: "other".'],
])('%j is refused in one sentence', (args, message) => {
  expect(() => parseFlags(args, flags, { maxPositionals: 1 })).toThrow(refusal(message))
})

test.each(['', '-1', '61', '1e1', '0x10', 'five', ' 5', 'NaN'])('%j is no number of seconds up to 60', (text) => {
  expect(() => parseNumber('--timeout', text, { min: 0, max: 60 })).toThrow(
    refusal(`--timeout must be a number from 0 to 60, not ${JSON.stringify(text)}.`),
  )
})

test('a number may have a fraction, unless it counts', () => {
  expect(parseNumber('--timeout', '2.5', { min: 0, max: 60 })).toBe(2.5)
  expect(() => parseNumber('--times', '2.5', { min: 0, max: 60, whole: true })).toThrow(/must be a whole number/)
})

test('what follows -- is a command; without -- there is none', () => {
  expect(splitCommand(['--json', '--', 'npm', 'start', '--', 'x'])).toEqual({
    own: ['--json'],
    command: ['npm', 'start', '--', 'x'],
  })
  expect(splitCommand(['--json'])).toEqual({ own: ['--json'], command: undefined })
})
