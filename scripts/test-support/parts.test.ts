import { chmodSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runNode } from '../run-tool.mjs'
import { temporaryTree } from './temporary-tree.ts'

const repository = join(__dirname, '../..')

interface Outcome {
  readonly status: string
  readonly fullName: string
  readonly failureMessages: string[]
}

/** Runs one browser test in a jest of its own, on a machine that has `browser` as its Chromium. */
async function runOn(environment: { CHROMIUM_PATH: string; PARLEY_REQUIRE?: string }): Promise<Outcome[]> {
  const parts = JSON.stringify(join(__dirname, 'parts.ts'))
  const root = temporaryTree({
    'package.json': { jest: { transform: { '\\.ts$': join(repository, 'node_modules/@swc/jest') } } },
    'page.test.js': `const { describeWith } = require(${parts})
      describeWith('browser', 'the page', (path) => test('opens', () => expect(path).toBe(process.env.CHROMIUM_PATH)))`,
  })
  const run = `
    Object.assign(process.env, { PARLEY_REQUIRE: '' }, ${JSON.stringify(environment)})
    process.argv.push('--json', '--ci')
    await import(${JSON.stringify(join(repository, 'node_modules/jest/bin/jest.js'))})`
  const { stdout } = await runNode(['--input-type=module', `--eval=${run}`, '--', 'jest'], root)
  return JSON.parse(stdout).testResults[0].assertionResults
}

test('tests run with the path of the browser where there is one', async () => {
  const browser = join(temporaryTree({ chromium: '#!/bin/sh\n' }), 'chromium')
  chmodSync(browser, 0o755)
  expect(await runOn({ CHROMIUM_PATH: browser })).toMatchObject([{ status: 'passed', fullName: 'the page opens' }])
})

test('tests are skipped by name where there is none', async () => {
  const outcomes = await runOn({ CHROMIUM_PATH: join(dirname(__filename), 'absent') })
  expect(outcomes).toMatchObject([
    { status: 'pending', fullName: expect.stringMatching(/^the page \(skipped, no browser: install .*\) opens$/) },
  ])
})

test('tests fail where there is none and it is required', async () => {
  const outcomes = await runOn({ CHROMIUM_PATH: '/absent', PARLEY_REQUIRE: 'postgres, browser' })
  expect(outcomes).toMatchObject([
    { status: 'failed', failureMessages: [expect.stringContaining('PARLEY_REQUIRE asks for the browser')] },
  ])
})
