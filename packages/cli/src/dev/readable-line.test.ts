import { readableLine } from './readable-line.ts'

const output = { paint: (style: string, text: string): string => (style === 'dim' ? text : `<${style}>${text}`) }
const read = (entry: unknown): string => readableLine(JSON.stringify(entry), output)

test('a line of a logger is told with its level, its sentence and its facts', () => {
  const entry = {
    level: 40,
    time: 1,
    pid: 2,
    hostname: 'h',
    name: 'bot',
    code: 'AUTH_AUD',
    status: 401,
    msg: 'Refused.',
  }
  expect(read(entry)).toBe('<yellow>warn Refused. code=AUTH_AUD status=401')
})

test('an error comes with its stack on lines of its own', () => {
  const err = { type: 'Error', message: 'no', stack: 'Error: no\n    at run (bot.js:1:2)' }
  expect(read({ level: 50, err, msg: 'It failed.' })).toBe('<red>error It failed.\nError: no\n    at run (bot.js:1:2)')
})

test.each(['hello', '{ not JSON', '{"level":30}', '{"msg":"no level"}', '[1]', '', '{"level":99,"msg":"x"}'])(
  '%j stays as it is',
  (line) => {
    expect(readableLine(line, output)).toBe(line)
  },
)
