import { PassThrough } from 'node:stream'
import type { CommandIo } from './command.ts'
import { createOutput, wrapText } from './output.ts'

function ioOf({ isTTY = false, env = {} }: { isTTY?: boolean; env?: Record<string, string> } = {}): CommandIo {
  const stream = (): PassThrough & { isTTY: boolean } => Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY })
  const { signal } = new AbortController()
  return { stdin: stream(), stdout: stream(), stderr: stream(), env, cwd: '/', signal }
}

test('lines for people leave stdout to the JSON when that is asked for', () => {
  const io = ioOf()
  const output = createOutput(io, { json: true })
  output.line('for people')
  output.note('a hint')
  output.json({ ok: true })
  expect(io.stdout).toHaveProperty('readableLength', 12)
  expect(String((io.stdout as PassThrough).read())).toBe('{"ok":true}\n')
  expect(String((io.stderr as PassThrough).read())).toBe('for people\na hint\n')
})

test('without --json there is no JSON', () => {
  const io = ioOf()
  const output = createOutput(io)
  output.json({ ok: true })
  output.line('for people')
  expect(String((io.stdout as PassThrough).read())).toBe('for people\n')
})

test.each([
  ['a terminal', { isTTY: true }, '\u001b[31mno\u001b[39m'],
  ['a pipe', {}, 'no'],
  ['a terminal with NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, 'no'],
  ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }, 'no'],
])('on %s colours are as they should be', (_, options, expected) => {
  expect(createOutput(ioOf(options)).paint('red', 'no')).toBe(expected)
})

test('text is broken between words, and words are not', () => {
  expect(wrapText('one two three four', 9)).toBe('one two\nthree\nfour')
  expect(wrapText('one two', 9, '    ')).toBe('    one\n    two')
  expect(wrapText('http://127.0.0.1:3979/ is it', 8)).toBe('http://127.0.0.1:3979/\nis it')
})
