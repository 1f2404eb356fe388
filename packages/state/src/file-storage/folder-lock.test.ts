import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { temporaryTree } from 'test-support/temporary-tree'
import { FolderLock } from './folder-lock.ts'
import { newOwnerName } from './lock-owner.ts'

/** A lock that is held, with something in its workspace; it never ends by itself. */
function lockedBy(owner: string): string {
  return temporaryTree({ [`lock/${owner}/item`]: 'half' })
}

const elsewhere = '1.0.00000000.0123456789abcdef'

/** Of a process that has ended. */
function deadOwner(): string {
  const { pid } = spawnSync(process.execPath, ['--version'])
  return newOwnerName().replace(/^\d+/, String(pid))
}

describe('FolderLock', () => {
  test('lets one at a time work', async () => {
    const folder = temporaryTree({})
    let working = 0
    const work = async (): Promise<void> => {
      expect(++working).toBe(1)
      await delay(1)
      working--
    }
    await Promise.all(Array.from({ length: 8 }, () => new FolderLock(folder).hold(work)))
    expect(readdirSync(folder)).toEqual([])
  })

  test('gives back what the work returns or throws, and removes what it left in its workspace', async () => {
    const folder = temporaryTree({})
    const lock = new FolderLock(folder)
    const leave = (workspace: string): void => writeFileSync(join(workspace, 'left'), '')
    await expect(lock.hold(async (workspace) => (leave(workspace), 'done'))).resolves.toBe('done')
    const failing = lock.hold(async (workspace) => {
      leave(workspace)
      throw new Error('broken')
    })
    await expect(failing).rejects.toThrow('broken')
    expect(readdirSync(folder)).toEqual([])
  })

  test('refuses when another has it for too long, and leaves that alone', async () => {
    const owner = newOwnerName()
    const folder = lockedBy(owner)
    const waiting = new FolderLock(folder, { waitMs: 5 }).hold(async () => {})
    await expect(waiting).rejects.toMatchObject({ code: 'STATE_BUSY', folder, pid: process.pid })
    expect(readdirSync(folder)).toEqual(['lock'])
    expect(existsSync(join(folder, 'lock', owner, 'item'))).toBe(true)
  })

  test('refuses all who wait through one lock when the first of them has waited long enough', async () => {
    const folder = lockedBy(newOwnerName())
    const refused: string[] = []
    const wait = (name: string, lock: FolderLock): Promise<unknown> =>
      lock.hold(async () => {}).catch(() => refused.push(name))
    const short = new FolderLock(folder, { waitMs: 30 })
    const waiting = Array.from({ length: 10 }, () => wait('short', short))
    await Promise.all([...waiting, wait('long', new FolderLock(folder, { waitMs: 150 }))])
    expect(refused.at(-1)).toBe('long')
  })

  test('is taken at once from a process that has ended', async () => {
    const folder = lockedBy(deadOwner())
    await expect(new FolderLock(folder, { waitMs: 0 }).hold(async () => 'done')).resolves.toBe('done')
    expect(readdirSync(folder)).toEqual([])
  })

  test('is taken from an owner that cannot be seen when it is silent', async () => {
    const folder = lockedBy(elsewhere)
    const refused = new FolderLock(folder, { waitMs: 5, silentMs: 60_000 }).hold(async () => {})
    await expect(refused).rejects.toMatchObject({ code: 'STATE_BUSY', pid: 1 })
    await expect(new FolderLock(folder, { silentMs: 5 }).hold(async () => 'done')).resolves.toBe('done')
  })

  test('is not taken from owners that cannot be seen and take turns', async () => {
    const folder = lockedBy(elsewhere)
    let turns = 0
    const stateOfOwner = (owner: string): 'unknown' => {
      const next = `${++turns}.0.00000000.0123456789abcdef`
      renameSync(join(folder, 'lock', owner), join(folder, 'lock', next))
      return 'unknown'
    }
    const waiting = new FolderLock(folder, { waitMs: 60, silentMs: 30, stateOfOwner }).hold(async () => {})
    await expect(waiting).rejects.toMatchObject({ code: 'STATE_BUSY' })
  })

  test('one that lost it does its work again', async () => {
    const folder = temporaryTree({})
    let runs = 0
    const work = async (workspace: string): Promise<string> => {
      if (++runs === 1) await new FolderLock(folder, { stateOfOwner: () => 'dead' }).hold(async () => {})
      writeFileSync(join(workspace, 'item'), '')
      return 'done'
    }
    await expect(new FolderLock(folder).hold(work)).resolves.toBe('done')
    expect(runs).toBe(2)
  })

  test('one that always loses it gives up', async () => {
    const folder = temporaryTree({})
    let runs = 0
    const losing = new FolderLock(folder).hold(async (workspace) => {
      runs++
      await new FolderLock(folder, { stateOfOwner: () => 'dead' }).hold(async () => {})
      readdirSync(workspace)
    })
    await expect(losing).rejects.toMatchObject({ code: 'STATE_BUSY' })
    expect(runs).toBe(6)
  })

  test('an absent file that is not of the workspace is not taken for a loss', async () => {
    const folder = temporaryTree({})
    const work = jest.fn(async () => readdirSync(join(folder, 'absent')))
    await expect(new FolderLock(folder).hold(work)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(work).toHaveBeenCalledTimes(1)
  })

  test('a lock that could not be removed does not stop its owner for good', async () => {
    const folder = temporaryTree({})
    const lock = new FolderLock(folder)
    const foreign = await lock.hold(async (workspace) => {
      mkdirSync(join(workspace, 'foreign'))
      return join(workspace, 'foreign')
    })
    const other = new FolderLock(folder, { waitMs: 5 }).hold(async () => {})
    await expect(other).rejects.toMatchObject({ code: 'STATE_BUSY', pid: process.pid })
    rmdirSync(foreign)
    await expect(lock.hold(async () => 'done')).resolves.toBe('done')
    expect(readdirSync(folder)).toEqual([])
  })

  test('a lock that could not be removed is removed as soon as it can be, for others', async () => {
    const folder = temporaryTree({})
    const foreign = await new FolderLock(folder).hold(async (workspace) => {
      mkdirSync(join(workspace, 'foreign'))
      return join(workspace, 'foreign')
    })
    rmdirSync(foreign)
    await expect(new FolderLock(folder, { waitMs: 2000 }).hold(async () => 'done')).resolves.toBe('done')
  })

  test('the remains of taking it are removed when their owner has ended, or cannot be seen and they are old', async () => {
    const [dead, alive] = [deadOwner(), newOwnerName()]
    const old = elsewhere.replace('1', '2')
    const folder = temporaryTree({})
    for (const owner of [dead, alive, elsewhere, old])
      mkdirSync(join(folder, `lock.${owner}`, owner), { recursive: true })
    const long = new Date(Date.now() - 2 * 60 * 60 * 1000)
    utimesSync(join(folder, `lock.${old}`), long, long)
    await new FolderLock(folder).removeOldClaims()
    expect(readdirSync(folder).sort()).toEqual([`lock.${alive}`, `lock.${elsewhere}`].sort())
  })
})
