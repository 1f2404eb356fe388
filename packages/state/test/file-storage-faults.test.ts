import { temporaryTree } from 'test-support/temporary-tree'
import { Program } from './program.ts'

jest.setTimeout(60_000)

type Found = Record<string, number>
type End = readonly [end: string, found: Found]

const steps = [
  ['write', { a: { value: 2 }, b: { value: 2 } }],
  ['delete', ['a', 'b']],
  ['write', { a: { value: 3 }, b: { value: 3 } }],
  ['delete', ['b']],
  ['write', { a: { value: 4 } }],
]

const FIRST_SINGLE_CHANGE = 3

/** What is stored after each step that is done, whatever became of those before it. */
function after(step: number, before: Found): Found {
  const { a } = before
  return [{ a: 2, b: 2 }, {}, { a: 3, b: 3 }, a === undefined ? {} : { a }, { ...before, a: 4 }][step] ?? {}
}

test.each(['EMFILE', 'EIO'])(
  'an operation on files that fails with %s, whichever, leaves each write done or refused, and the folder to others',
  async (code) => {
    const program = new Program('fail-at-calls.mjs', [temporaryTree({}), code, JSON.stringify(steps)])
    expect(await program.ended()).toBe(0)
    const runs = program.lines.map((line) => JSON.parse(line) as [operation: string, ends: End[]])
    expect(runs.length).toBeGreaterThan(60)
    for (const [operation, ends] of runs) {
      let before: Found = { a: 1, b: 1 }
      for (const [step, [end, found]] of ends.entries()) {
        const done = after(step, before)
        expect(['done', 'STATE_IO']).toContain(end)
        // A single change that is in place and cannot be made durable is refused, and there.
        const unsure = operation === 'sync' && step >= FIRST_SINGLE_CHANGE ? [done] : []
        const allowed = end === 'done' ? [done] : [before, ...unsure]
        expect(allowed).toContainEqual(found)
        before = found
      }
    }
  },
)
