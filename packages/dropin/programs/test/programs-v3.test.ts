import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describeWith } from 'test-support/parts'

interface Outcome {
  readonly name: string
  readonly failure?: string
}

const run = promisify(execFile)
const folder = join(__dirname, '..')
const programs = readdirSync(join(folder, 'programs-v3')).filter((name) =>
  existsSync(join(folder, 'programs-v3', name, 'conversation.mjs')),
)

describeWith('registry', 'a bot written for SDK v3, installed under the name it knows', () => {
  let outcomes: readonly Outcome[] = []

  beforeAll(async () => {
    const harness = join(folder, 'harness/run.mjs')
    const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NODE_OPTIONS: '' } }
    const { stdout } = await run(process.execPath, [harness, '--sdk', 'v3', '--json'], options).catch(failedRun)
    outcomes = JSON.parse(stdout) as Outcome[]
  }, 300_000)

  test.each(programs)('%s answers as it did', (name) => {
    const outcome = outcomes.find((candidate) => candidate.name === name)
    expect(outcome).toEqual({ name, node: process.execPath })
  })
})

/** A program that fails makes the harness end with 1, after it printed which. */
function failedRun(error: Error & { stdout?: string; stderr?: string }): { stdout: string } {
  if (error.stdout?.startsWith('[')) return { stdout: error.stdout }
  throw new Error(`The programs did not run: ${error.stderr}`, { cause: error })
}
