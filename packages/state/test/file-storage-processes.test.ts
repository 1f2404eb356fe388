import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { FileStorage } from '@parley/state'
import { temporaryTree } from 'test-support/temporary-tree'
import { FolderLock } from '../src/file-storage/folder-lock.ts'
import { Program } from './program.ts'

jest.setTimeout(120_000)

test.each([
  [2, 4],
  [8, 1],
])(
  '%i processes with %i writers each that increment one counter 25 times make exactly 200',
  async (processes, writers) => {
    const folder = temporaryTree({})
    const programs = Array.from(
      { length: processes },
      () => new Program('increments.mjs', [folder, `${writers}`, '25']),
    )
    const ends = await Promise.all(programs.map((program) => program.ended()))
    expect(ends).toEqual(programs.map(() => 0))
    await expect(new FileStorage(folder).read(['counter'])).resolves.toMatchObject({ counter: { count: 200 } })
  },
)

/** Lets the program go on until it hangs with the lock. */
async function untilLocked(program: Program, folder: string): Promise<void> {
  for (let line = await program.next(); line !== undefined; line = await program.next()) {
    if (line === 'hangs' && existsSync(join(folder, 'lock'))) return
    if (line === 'hangs' || line === 'ready') program.goOn()
  }
  throw new Error('The program ended without taking the lock.')
}

describe('while a process hangs that has the lock', () => {
  test('others are told which, and go on when it goes on', async () => {
    const folder = temporaryTree({})
    const storage = new FileStorage(folder)
    await storage.write({ a: { value: 1 } })
    const program = new Program('hang-at-calls.mjs', [folder, '{"a":{"value":2}}'])
    await untilLocked(program, folder)
    const waiting = new FolderLock(folder, { waitMs: 40 }).hold(async () => {})
    await expect(waiting).rejects.toMatchObject({ code: 'STATE_BUSY', pid: program.pid })
    await expect(waiting).rejects.toThrow(`process ${program.pid} has kept`)

    const writing = storage.write({ b: {} })
    program.goOn()
    await expect(writing).resolves.toBeUndefined()
    await expect(storage.read(['a'])).resolves.toMatchObject({ a: { value: 2 } })
  })

  test.each<[string, object]>([
    ['one item', { a: { value: 'by the program' } }],
    ['several items', { a: { value: 'by the program' }, b: { value: 'by the program' } }],
  ])('taking the lock from it is safe, at whichever operation of a write of %s it hangs', async (_, changes) => {
    const folder = temporaryTree({})
    const storage = new FileStorage(folder)
    const program = new Program('hang-at-calls.mjs', [folder, JSON.stringify(changes)])
    let taken = 0
    while ((await program.next()) === 'ready') {
      await storage.write({ a: { value: 'old' }, b: { value: 'old' } })
      program.goOn()
      if ((await program.next()) !== 'hangs') continue

      taken += Number(existsSync(join(folder, 'lock')))
      await new FolderLock(folder, { stateOfOwner: () => 'dead' }).hold(async () => {})
      const { a, b } = await storage.read(['a', 'b'])
      const wasDone = a.value !== 'old'
      expect(b.value).toBe(wasDone && 'b' in changes ? 'by the program' : 'old')
      await storage.write({ a: { ...a, value: 'by another' } })
      program.goOn()

      expect(await program.next()).toBe(wasDone ? 'done' : 'STATE_CONFLICT')
      const items = await storage.read(['a', 'b'])
      expect(items['a'].value).toBe('by another')
      expect(items['b']).toEqual(b)
    }
    expect(await program.ended()).toBe(0)
    expect(taken).toBeGreaterThan(10)
  })
})
