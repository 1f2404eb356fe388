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
const root = join(__dirname, '..')

/** Describes the programs of a folder, which the harness installs and runs. @param args - For the harness. */
export function describePrograms(title: string, folder: string, args: readonly string[] = []): void {
  const programs = readdirSync(join(root, folder)).filter((name) =>
    existsSync(join(root, folder, name, 'conversation.mjs')),
  )

  describeWith('registry', title, () => {
    let outcomes: readonly Outcome[] = []

    beforeAll(async () => {
      const harness = join(root, 'harness/run.mjs')
      const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NODE_OPTIONS: '' } }
      const { stdout } = await run(process.execPath, [harness, ...args, '--json'], options).catch(failedRun)
      outcomes = JSON.parse(stdout) as Outcome[]
    }, 300_000)

    test.each(programs)('%s answers as it did', (name) => {
      const outcome = outcomes.find((candidate) => candidate.name === name)
      expect(outcome).toEqual({ name, node: process.execPath })
    })
  })
}

/** A program that fails makes the harness end with 1, after it printed which. */
function failedRun(error: Error & { stdout?: string; stderr?: string }): { stdout: string } {
  if (error.stdout?.startsWith('[')) return { stdout: error.stdout }
  throw new Error(`The programs did not run: ${error.stderr}`, { cause: error })
}
