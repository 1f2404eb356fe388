import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryTree } from 'test-support/temporary-tree'
import { itemFileName } from './item-file.ts'
import { Journal } from './journal.ts'
import { newOwnerName } from './lock-owner.ts'

const [a, b] = [itemFileName('a'), itemFileName('b')]
const staged = `${newOwnerName()}.0`

function setUp(files: Record<string, unknown>): { folder: string; journal: Journal; workspace: string } {
  const folder = temporaryTree({ 'workspace/.keep': '', 'staged/.keep': '', ...files })
  const journal = new Journal(join(folder, 'items'), join(folder, 'staged'), 'none')
  return { folder, journal, workspace: join(folder, 'workspace') }
}

function itemsIn(folder: string): Record<string, string> {
  const items = join(folder, 'items')
  return Object.fromEntries(readdirSync(items).map((name) => [name, readFileSync(join(items, name), 'utf8')]))
}

describe('Journal', () => {
  const decided = {
    entries: [
      { file: a, staged },
      { file: b, staged: null },
    ],
  }

  test.each<[string, Record<string, string>]>([
    ['not begun', { [`items/${a}`]: 'old', [`items/${b}`]: 'old', [`staged/${staged}`]: 'new' }],
    ['half done', { [`items/${a}`]: 'new', [`items/${b}`]: 'old' }],
    ['done', { [`items/${a}`]: 'new' }],
  ])('completes changes that are decided and %s', async (_, files) => {
    const { folder, journal, workspace } = setUp({ 'items/journal.json': decided, ...files })
    await expect(journal.isPending()).resolves.toBe(true)
    await journal.complete(workspace)
    expect(itemsIn(folder)).toEqual({ [a]: 'new' })
    await expect(journal.isPending()).resolves.toBe(false)
  })

  test('is not ended by one that lost its workspace, and so the lock', async () => {
    const removal = { entries: [{ file: a, staged: null }] }
    const { folder, journal } = setUp({ 'items/journal.json': removal, [`items/${a}`]: 'old' })
    await expect(journal.complete(join(folder, 'lost'))).rejects.toMatchObject({ code: 'ENOENT' })
    expect(itemsIn(folder)).toMatchObject({ [a]: 'old' })
    await expect(journal.isPending()).resolves.toBe(true)
  })

  test('of changes that cannot be prepared makes none, and leaves nothing of them', async () => {
    const { folder, journal, workspace } = setUp({ [`items/${a}`]: 'old', 'workspace/journal': 'in the way' })
    const changes = [a, b].map((file) => ({ file, text: 'new' }))
    await expect(journal.commit(changes, workspace)).rejects.toMatchObject({ code: 'EEXIST' })
    expect(itemsIn(folder)).toEqual({ [a]: 'old' })
    expect(readdirSync(join(folder, 'staged'))).toEqual(['.keep'])
  })

  test('removes what was prepared and not decided, and nothing else', async () => {
    const { folder, journal } = setUp({ 'items/.keep': '', [`staged/${staged}`]: 'new', 'staged/notes.0': 'mine' })
    await journal.clean()
    expect(readdirSync(join(folder, 'staged')).sort()).toEqual(['.keep', 'notes.0'])
  })
})
