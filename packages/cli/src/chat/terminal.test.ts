import { PassThrough } from 'node:stream'
import type { CommandIo } from '../command.ts'
import { terminalOf } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { widthOf, wrapLine } from './text-width.ts'

function terminal(env: Record<string, string>, isTTY = true): Terminal {
  const stream = (): PassThrough & { isTTY: boolean } => Object.assign(new PassThrough(), { isTTY })
  const { signal } = new AbortController()
  const io: CommandIo = { stdin: stream(), stdout: stream(), stderr: stream(), env, cwd: '/', signal }
  return terminalOf(io, (_style, text) => text, 80)
}

const clickable = '\u001b]8;;https://x.org/a\u001b\\docs\u001b]8;;\u001b\\'

test.each<[Record<string, string>, boolean, string]>([
  [{ TERM_PROGRAM: 'WezTerm' }, true, clickable],
  [{ VTE_VERSION: '7600' }, true, clickable],
  [{ TERM: 'xterm-kitty' }, true, clickable],
  [{ TERM: 'xterm-256color' }, true, 'docs (https://x.org/a)'],
  [{ TERM_PROGRAM: 'WezTerm', FORCE_HYPERLINK: '0' }, true, 'docs (https://x.org/a)'],
  [{ TERM_PROGRAM: 'WezTerm' }, false, 'docs (https://x.org/a)'],
])('with %j and a terminal: %s, a link is %j', (env, isTTY, expected) => {
  expect(terminal(env, isTTY).link('docs', 'https://x.org/a')).toBe(expected)
})

test.each([
  ['x', 'https://x.org/\u001b\\\u0007\u009c\n', '\u001b]8;;https://x.org/%1B/%07%C2%9C\u001b\\x\u001b]8;;\u001b\\'],
  ['x\u001b]8;;http://evil\u001b\\', 'https://x.org', '\u001b]8;;https://x.org/\u001b\\x\u001b]8;;\u001b\\'],
  ['x', 'javascript:alert(1)', 'x (javascript:alert(1))'],
  ['x', 'file:///etc/passwd\u001b[2J', 'x (file:///etc/passwd)'],
  ['x', 'data:text/html,<script>', 'x (data:text/html,…)'],
])('the link %j to %j is %j', (text, url, expected) => {
  expect(terminal({ TERM_PROGRAM: 'WezTerm' }).link(text, url)).toBe(expected)
})

test.each([
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['👩‍👩‍👧', 2],
  ['❤️', 2],
  ['\u001b[31mred\u001b[39m', 3],
  [clickable, 4],
])('%j is %i columns wide', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test('lines keep their indent when they are broken, and addresses stay whole', () => {
  expect(wrapLine('  one two three', 9)).toEqual(['  one two', '  three'])
  expect(wrapLine('see https://example.org/a-long-address now', 12)).toEqual([
    'see',
    'https://example.org/a-long-address',
    'now',
  ])
  expect(wrapLine('abcdefgh', 3)).toEqual(['abc', 'def', 'gh'])
})
