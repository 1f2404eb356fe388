import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { refuse, startServer } from './doctor-run.ts'
import { ParleyProcess } from './parley-process.ts'

jest.setTimeout(60_000)

const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8'))

test.each([
  [['--help'], 0, /^Usage: parley <command>[^]* {2}dev +runs [^]* {2}chat +[^]* {2}doctor +finds /, /^$/],
  [['--version'], 0, new RegExp(`^${version}\n$`), /^$/],
  [['dev', '--help'], 0, /^Usage: parley dev [^]* --port <number> [^]*Exit codes: 0 /, /^$/],
  [['doctor', '--help'], 0, /^Usage: parley doctor [^]*Exit codes: 0 /, /^$/],
  [['docter'], 2, /^$/, /^parley: There is no command "docter"\. Did you mean doctor\? See parley --help\.\n$/],
  [['doctor', 'now'], 2, /^$/, /^parley doctor: There is one word too many: "now"\. See parley doctor --help\.\n$/],
  [
    ['doctor', '--bot', '1', '--no-turn'],
    3,
    /failed {3}Connection: Nothing answers at localhost:1 \(ECONNREFUSED\)/,
    /^$/,
  ],
])('parley %j, as built, ends with %i', async (args, code, out, err) => {
  const run = new ParleyProcess(args)
  expect(await run.ended).toBe(code)
  expect(run.out).toMatch(out)
  expect(run.err).toMatch(err)
})

test('parley doctor --json, as built, writes one JSON object and leaves nothing running', async () => {
  const run = new ParleyProcess(['doctor', '--json', '--bot', await startServer(refuse)])
  expect(await run.ended).toBe(0)
  expect(JSON.parse(run.out)).toMatchObject({ ok: true, checks: expect.any(Array) })
  expect(run.err).toContain('Looking at http://127.0.0.1:')
})
