import { spawnSync } from 'node:child_process'
import { temporaryTree } from 'test-support/temporary-tree'
import { readTap } from './read-tap.mjs'

test('passed tests are counted, and of failed ones everything is kept that helps', () => {
  const program = `
    import assert from 'node:assert/strict'
    import { test } from 'node:test'
    await test('passes', () => {})
    await test('fails', () => assert.equal('ist', 'soll'))
    await test('has a test within that passes', (t) => t.test('within', () => {}))
    await test('does not end in time', { timeout: 1 }, () => new Promise(() => setTimeout(() => {}, 20)))`
  const folder = temporaryTree({ 'program.mjs': program })
  const words = ['--test-reporter=tap', 'program.mjs']
  const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' })
  const { passed, failures, isComplete } = readTap(stdout)
  expect([passed, isComplete]).toEqual([2, true])
  expect(failures).toEqual([
    expect.stringMatching(/^not ok 2 - fails\n[^]*program\.mjs[^]*'ist'[^]*'soll'/),
    expect.stringMatching(/^not ok 4 - does not end in time\n[^]*timed out after 1ms/),
  ])
  expect(failures.join('\n')).not.toContain('within')
})

test.each([
  ['without tests is complete', 'TAP version 13\n1..0\n', 0, true],
  ['that ends in between is not complete', 'TAP version 13\nok 1 - a\n', 1, false],
  ['that lacks a test is not complete', 'TAP version 13\nok 1 - a\n1..2\n', 1, false],
])('a report %s', (_, report, passed, isComplete) => {
  expect(readTap(report)).toEqual({ passed, failures: [], isComplete })
})
