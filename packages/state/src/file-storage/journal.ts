import { lstat, readdir, rename, unlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { changeFolder, syncFolder, writeNewFile } from './durable-file.ts'
import type { Durability } from './durable-file.ts'
import { StorageDamagedError, hasErrno } from './file-storage-errors.ts'
import { isItemFileName, parse, readRegularFile } from './item-file.ts'
import { ownerPid } from './lock-owner.ts'

/** What becomes of an item: its file gets this text, or is removed. */
export interface ItemChange {
  readonly file: string
  readonly text: string | undefined
}

/** A change as the journal has it: the file in `staged` that takes the place of the item's, or `null`: it is removed. */
interface Entry {
  readonly file: string
  readonly staged: string | null
}

const STAGED = /^(.+)\.\d+$/

/**
 * Makes changes of items, all or none, whenever the process ends.
 *
 * A single change is one rename, from the workspace of whoever holds the lock or into it. Several are prepared in the folder
 * `staged` and listed in the journal; once that is in place they are decided, and whoever has the lock next completes them if
 * need be. What takes space happens before.
 */
export class Journal {
  private readonly items: string
  private readonly staged: string
  private readonly path: string
  private readonly durability: Durability

  /** @param items - Where the items are. @param staged - Where changes are prepared; on the same file system. */
  constructor(items: string, staged: string, durability: Durability) {
    this.items = items
    this.staged = staged
    // Beside the items, so that what makes a change durable makes the removal of the journal before it durable too.
    this.path = join(items, 'journal.json')
    this.durability = durability
  }

  /** Whether changes are decided and may not be complete. */
  async isPending(): Promise<boolean> {
    return lstat(this.path).then(
      () => true,
      (error: unknown) => {
        if (hasErrno(error, 'ENOENT')) return false
        throw error
      },
    )
  }

  /**
   * Makes the changes. Needs the lock, and {@link Journal.complete} before. When it rejects, none was made, but where the disk
   * fails to make a single change durable: that is made, and may be lost in a power failure.
   */
  async commit(changes: readonly ItemChange[], workspace: string): Promise<void> {
    const [change, ...others] = changes
    if (!change) return
    if (others.length > 0) await this.commitSeveral(changes, workspace)
    else await this.commitOne(change, workspace)
  }

  /** Completes changes that were decided. Needs the lock. */
  async complete(workspace: string): Promise<void> {
    const text = await readRegularFile(this.path)
    if (text === undefined) return
    for (const [index, { file, staged }] of this.parse(text).entries()) {
      const item = join(this.items, file)
      const [from, to] =
        staged === null ? [item, join(workspace, `removed-${index}`)] : [join(this.staged, staged), item]
      await rename(from, to).catch(ignoreAbsent)
    }
    await syncFolder(this.items, this.durability)
    await rename(this.path, join(workspace, 'journal-done'))
  }

  /** Removes what was prepared and not decided. Needs the lock, and {@link Journal.complete} before. */
  async clean(): Promise<void> {
    for (const name of await readdir(this.staged)) {
      if (isStagedName(name)) await unlink(join(this.staged, name)).catch(ignoreAbsent)
    }
  }

  private async commitOne({ file, text }: ItemChange, workspace: string): Promise<void> {
    const item = join(this.items, file)
    const changed = join(workspace, 'item')
    if (text !== undefined) await writeNewFile(changed, text, this.durability)
    const [from, to] = text === undefined ? [item, changed] : [changed, item]
    await changeFolder(this.items, this.durability, () => rename(from, to))
  }

  private async commitSeveral(changes: readonly ItemChange[], workspace: string): Promise<void> {
    const prefix = basename(workspace)
    const entries = changes.map(({ file, text }, index): Entry => {
      return { file, staged: text === undefined ? null : `${prefix}.${index}` }
    })
    try {
      for (const [index, { staged }] of entries.entries()) await this.stage(staged, changes[index]?.text)
      await syncFolder(this.staged, this.durability)
      await this.decide(entries, workspace)
    } catch (error) {
      if (!(await this.isPending())) await this.unstage(entries)
      throw error
    }
    // Decided, so it has happened: whoever has the lock next completes what fails here, before anything else is read.
    await this.complete(workspace).catch(() => {})
  }

  private async decide(entries: readonly Entry[], workspace: string): Promise<void> {
    const prepared = join(workspace, 'journal')
    await writeNewFile(prepared, JSON.stringify({ entries }), this.durability)
    await rename(prepared, this.path)
    try {
      await syncFolder(this.items, this.durability)
    } catch (error) {
      await rename(this.path, prepared)
      throw error
    }
  }

  private async stage(name: string | null, text: string | undefined): Promise<void> {
    if (name !== null && text !== undefined) await writeNewFile(join(this.staged, name), text, this.durability)
  }

  private async unstage(entries: readonly Entry[]): Promise<void> {
    for (const { staged } of entries) if (staged !== null) await unlink(join(this.staged, staged)).catch(() => {})
  }

  private parse(text: string): readonly Entry[] {
    const { entries } = (parse(this.path, text) ?? {}) as { entries?: unknown }
    if (Array.isArray(entries) && entries.every(isEntry)) return entries
    throw new StorageDamagedError(this.path, 'is not a list of changes')
  }
}

function isEntry(value: unknown): value is Entry {
  const { file, staged } = (value ?? {}) as Partial<Record<keyof Entry, unknown>>
  return isItemFileName(file) && (staged === null || isStagedName(staged))
}

function isStagedName(name: unknown): boolean {
  return typeof name === 'string' && ownerPid(STAGED.exec(name)?.[1] ?? '') !== undefined
}

function ignoreAbsent(error: unknown): void {
  if (!hasErrno(error, 'ENOENT')) throw error
}
