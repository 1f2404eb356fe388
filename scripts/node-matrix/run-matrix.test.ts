import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { SetupError } from '../setup.mjs'
import { runMatrix } from './run-matrix.mjs'

const passing = "import { test } from 'node:test'\nawait test('passes', () => {})\n"

interface Run {
  readonly exitCode: number
  readonly lines: string[]
}

async function run(
  program: string,
  { platform = 'linux-x64', install = async (_major: number): Promise<string> => process.execPath } = {},
): Promise<Run> {
  const lines: string[] = []
  const folder = temporaryTree({ 'program.mjs': program })
  const options = { program: join(folder, 'program.mjs'), platform, install, log: (line: string) => lines.push(line) }
  return { exitCode: await runMatrix(options), lines }
}

const ok = expect.stringMatching(/^ok {4}Node \d+\.\d+\.\d+: 1 passed, 0 failed \(\d+\.\d s\)$/)

test('a program that passes on every Node is a line for each, and the exit code is 0', async () => {
  const asked: number[] = []
  const install = async (major: number): Promise<string> => {
    asked.push(major)
    return process.execPath
  }
  const { exitCode, lines } = await run(passing, { install })
  expect(lines).toEqual([ok, ok, ok, ok, '4 passed, 0 failed'])
  expect([exitCode, asked]).toEqual([0, [22, 24, 26]])
})

test('a test that fails is shown, counted, and makes the exit code 1', async () => {
  const program = `${passing}await test('fails', () => Promise.reject(new Error('a reason')))\n`
  const { exitCode, lines } = await run(program)
  expect(lines[0]).toMatch(/^FAIL {2}Node [\d.]+: 1 passed, 1 failed /)
  expect(lines[1]).toMatch(/^ {6}not ok 2 - fails\n[^]*a reason/)
  expect([exitCode, lines.at(-1)]).toEqual([1, '4 passed, 4 failed'])
})

test.each([
  ['throws between its tests', `${passing}throw new Error('a reason')`, /1 passed, .* exit code 1\.\n[^]*a reason/],
  ['ends between its tests', `${passing}process.exit(0)`, /, and it ended with exit code 0\./],
  ['has no test', '', /0 passed, .* exit code 0\./],
])('a program that %s fails', async (_, program, reason) => {
  const { exitCode, lines } = await run(program, { platform: 'freebsd-arm64' })
  expect(lines[0]).toMatch(/^FAIL /)
  expect(lines[1]).toMatch(reason)
  expect(exitCode).toBe(1)
})

test.each([
  ['cannot be installed', () => Promise.reject(new SetupError('npm said no')), 'npm said no'],
  ['cannot be run', () => Promise.resolve('/nowhere/node'), 'ENOENT'],
])('a Node that %s is a failure, and the others are run', async (_, installAny, reason) => {
  const install = async (major: number): Promise<string> => (major === 24 ? installAny() : process.execPath)
  const { exitCode, lines } = await run(passing, { install })
  const fail = expect.stringMatching(/^FAIL {2}Node 24: 0 passed, 1 failed /)
  expect(lines).toEqual([ok, ok, fail, expect.stringContaining(reason), ok, '3 passed, 1 failed'])
  expect(exitCode).toBe(1)
})

test('a platform without binaries runs the own Node only, and says so', async () => {
  const { exitCode, lines } = await run(passing, { platform: 'darwin-arm64' })
  const notice = 'Not run on Node 22, 24, 26: this machine is darwin-arm64, their binaries are for linux-x64.'
  expect(lines).toEqual([ok, notice, '1 passed, 0 failed'])
  expect(exitCode).toBe(0)
})
