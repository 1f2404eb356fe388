import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:http'
import { runCommand } from '../src/command/run-command.ts'
import { listen } from '../src/world/local-server.ts'

let lines: string[]
let folder: string

const tell = (line: string): void => void lines.push(line)

beforeEach(() => {
  lines = []
  folder = mkdtempSync(join(tmpdir(), 'parley-corpus-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a family is played against Parley, printed as a table and written as JSON', async () => {
  const json = join(folder, 'results.json')
  const exit = await runCommand({ kind: 'parley', hosts: ['node'], families: ['R'], json, report: undefined }, tell)
  expect(exit).toBe(0)
  expect(lines.join('\n')).toMatch(/R replay\s+\d+/)
  const { inbound } = JSON.parse(readFileSync(json, 'utf8')) as { inbound: { node: { id: string }[] } }
  expect(inbound.node.map(({ id }) => id)).toContain('R01')
})

test('a bot that does not take the valid request is told which settings it needs', async () => {
  const command = { kind: 'foreign', url: 'http://127.0.0.1:9/', ports: {}, families: [], json: undefined } as const
  await expect(runCommand(command, tell)).rejects.toMatchObject({
    code: 'TESTING_CORPUS_USAGE',
    message: expect.stringContaining('ToBotFromChannelOpenIdMetadataUrl='),
  })
})

test('a port that is taken is told of, with what to do, and the others are given back', async () => {
  const taken = await listen(createServer())
  const free = await listen(createServer())
  await free.close()
  const ports = { identity: free.port, connector: taken.port }
  const command = { kind: 'foreign', url: 'http://127.0.0.1:9/', ports, families: [], json: undefined } as const
  await expect(runCommand(command, tell)).rejects.toMatchObject({
    code: 'TESTING_CORPUS_USAGE',
    message: expect.stringMatching(new RegExp(`${taken.port}.*--connector-port`)) as string,
  })
  await taken.close()
  await (await listen(createServer(), free.port)).close()
})

test('the settings name the ports', async () => {
  await runCommand({ kind: 'settings', ports: { identity: 4001, connector: 4002 } }, tell)
  expect(lines.join()).toContain('http://127.0.0.1:4001/public/channel/')
  expect(lines.join()).toContain('http://127.0.0.1:4002/')
})
