import { parseArguments } from './parse-arguments.ts'

const ports = { identity: 3990, connector: 3991 }

test.each<[string, string[], object]>([
  ['nothing', [], { kind: 'parley', hosts: ['restify'], families: [], json: undefined, report: undefined }],
  ['all hosts', ['--host', 'all'], { kind: 'parley', hosts: ['node', 'express', 'restify'] }],
  ['a report, which is of all hosts', ['--report', 'r.md'], { hosts: ['node', 'express', 'restify'], report: 'r.md' }],
  ['families', ['--family', 'J,O'], { families: ['J', 'O'] }],
  [
    'another bot',
    ['--url', 'http://127.0.0.1:3978/api/messages'],
    { kind: 'foreign', url: 'http://127.0.0.1:3978/api/messages', ports },
  ],
  ['another bot by name', ['--url', 'http://localhost:3978/'], { kind: 'foreign' }],
  [
    'other ports',
    ['--url', 'http://[::1]:1/', '--identity-port', '1', '--connector-port', '2'],
    { ports: { identity: 1, connector: 2 } },
  ],
  ['settings', ['--settings'], { kind: 'settings', ports }],
  ['fuzzing', ['--fuzz', '1000000', '--seed', '7'], { kind: 'fuzz', runs: 1_000_000, seed: 7 }],
  ['help', ['-h'], { kind: 'help' }],
])('%s is understood', (_, args, command) => {
  expect(parseArguments(args)).toMatchObject(command)
})

test.each([
  ['a URL elsewhere', ['--url', 'http://bot.example/api/messages']],
  ['a URL that looks like this machine', ['--url', 'http://127.0.0.1.evil.test/']],
  ['https', ['--url', 'https://127.0.0.1/']],
  ['no URL', ['--url', 'x']],
  ['a family nobody knows', ['--family', 'Z']],
  ['faults against another bot', ['--url', 'http://127.0.0.1:1/', '--family', 'O']],
  ['a host nobody knows', ['--host', 'koa']],
  ['a number that is none', ['--fuzz', 'many']],
  ['a port there cannot be', ['--settings', '--identity-port', '65536']],
  ['fuzzing with nothing', ['--fuzz', '0']],
  ['an option nobody knows', ['--x']],
])('%s is refused', (_, args) => {
  expect(() => parseArguments(args)).toThrow(expect.objectContaining({ code: 'TESTING_CORPUS_USAGE' }))
})
