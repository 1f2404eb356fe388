import { temporaryTree } from 'test-support/temporary-tree'
import { Program } from './program.ts'

jest.setTimeout(60_000)

test('a power failure after an operation on files, whichever, leaves each write done or not, and what was told is done', async () => {
  const steps = [
    ['write', { a: { value: 1 }, b: { value: 1 } }],
    ['write', { a: { value: 2 }, b: { value: 2 } }],
    ['write', { a: { value: 3 } }],
    ['delete', ['a', 'b']],
    ['write', { b: { value: 4 } }],
    ['delete', ['b']],
  ]
  const versions = [{}, { a: 1, b: 1 }, { a: 2, b: 2 }, { a: 3, b: 2 }, {}, { b: 4 }, {}]
  const program = new Program('power-failures.mjs', [temporaryTree({}), JSON.stringify(steps)])
  expect(await program.ended()).toBe(0)
  expect(program.lines.length).toBeGreaterThan(60)
  for (const line of program.lines) {
    const [done, ...found] = JSON.parse(line) as [number, ...object[]]
    for (const items of found) expect(versions.slice(done, done + 2)).toContainEqual(items)
  }
})
