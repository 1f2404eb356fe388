import { randomUUID } from 'node:crypto'
import { lstat, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setOwn } from '../own-property.ts'
import { StateTooLargeError } from '../state-errors.ts'
import { StorageConflictError } from '../storage-errors.ts'
import { assertKeys, assertStoreItems, isUnconditional } from '../storage.ts'
import type { Storage, StoreItem, StoreItems } from '../storage.ts'
import { storeItemText } from '../store-item-text.ts'
import { ConcurrencyLimit } from './concurrency-limit.ts'
import { syncFolder } from './durable-file.ts'
import type { Durability } from './durable-file.ts'
import { StorageDamagedError, codedError, hasErrno } from './file-storage-errors.ts'
import { FolderLock } from './folder-lock.ts'
import { itemFileName, itemFileText, readItemFile } from './item-file.ts'
import { Journal } from './journal.ts'
import type { ItemChange } from './journal.ts'

export interface FileStorageOptions {
  /**
   * What a write that has resolved survives. `fsync` (default): a power failure. `none`: the end of the process, `kill -9`
   * included; after a power failure items may be old or damaged. About twice as fast.
   */
  readonly durability?: 'fsync' | 'none'
  /** The most an item may take, as JSON in UTF-8, in bytes. Default 1 MiB. `Infinity`: no limit. */
  readonly maxBytes?: number
}

interface Replacement {
  readonly key: string
  readonly eTag: unknown
  readonly change: ItemChange
}

/** Files that are open for reading at a time. */
const MAX_OPEN_FILES = 16

/**
 * Keeps items in files of a folder on a local disk. For bots on one machine; see {@link Storage}.
 *
 * A write is in the folder whole or not at all, whenever the process ends; one that has resolved stays. Several processes may
 * use one folder: each operation has the folder for itself, and eTags are compared as between turns of one process. What a
 * process that was killed left undone is completed before anything else is done, and what it left over is removed by the first
 * write of another. Nothing is kept in memory, and there is nothing to close.
 *
 * Besides what {@link Storage} says, every operation throws:
 * - {@link StorageFullError} `STATE_FULL`: no space is left;
 * - {@link StorageAccessError} `STATE_ACCESS`: the process may not read or write there (to read several items it must do both);
 * - {@link StorageDamagedError} `STATE_DAMAGED`: in the place of a file is something the storage did not write;
 * - {@link StorageBusyError} `STATE_BUSY`: others kept the folder to themselves for 15 s since the operation began;
 * - {@link StorageIoError} `STATE_IO`: the file system failed in another way.
 */
export class FileStorage implements Storage {
  /** Absolute path of the folder. */
  readonly folder: string
  private readonly durability: Durability
  private readonly maxBytes: number
  private readonly items: string
  private readonly staged: string
  private readonly lock: FolderLock
  private readonly journal: Journal
  private readonly reads: ConcurrencyLimit = new ConcurrencyLimit(MAX_OPEN_FILES)
  private opened: Promise<void> | undefined
  private cleaned = false

  /** @param folder - Its path. Created on first use, for this user only. Nothing else should be kept in it. */
  constructor(folder: string, { durability = 'fsync', maxBytes = 1024 * 1024 }: FileStorageOptions = {}) {
    this.folder = resolve(folder)
    this.durability = durability
    this.maxBytes = maxBytes
    this.items = join(this.folder, 'items')
    this.staged = join(this.folder, 'staged')
    this.lock = new FolderLock(this.folder)
    this.journal = new Journal(this.items, this.staged, durability)
  }

  async read(keys: string[]): Promise<StoreItems> {
    assertKeys(keys, 'reading')
    const wanted = [...keys]
    if (wanted.length === 0) return {}
    return this.operation(async () => {
      // One item needs no lock: its file is whole at any time. Several must not be read in the midst of a write.
      const needsLock = wanted.length > 1 || (await this.journal.isPending())
      return needsLock ? this.alone(() => this.readAll(wanted)) : this.readAll(wanted)
    })
  }

  /** @throws {@link StateTooLargeError} `STATE_TOO_LARGE`: an item has more than `maxBytes`. */
  async write(changes: StoreItems): Promise<void> {
    assertStoreItems(changes)
    // All texts now: they are stored as they are when this is called, and when one is refused nothing has been written.
    const replacements = Object.entries(changes).map(([key, item]) => this.replacement(key, item))
    if (replacements.length === 0) return
    await this.operation(() =>
      this.alone(async (workspace) => {
        for (const replacement of replacements) await this.assertCurrent(replacement)
        await this.journal.commit(
          replacements.map(({ change }) => change),
          workspace,
        )
      }),
    )
  }

  async delete(keys: string[]): Promise<void> {
    assertKeys(keys, 'deleting')
    const unwanted = new Set(keys)
    if (unwanted.size === 0) return
    await this.operation(() =>
      this.alone(async (workspace) => {
        const changes: ItemChange[] = []
        for (const key of unwanted) {
          if (await this.readItem(key)) changes.push({ file: itemFileName(key), text: undefined })
        }
        await this.journal.commit(changes, workspace)
      }),
    )
  }

  private replacement(key: string, item: StoreItem): Replacement {
    const text = storeItemText(key, item)
    const bytes = Buffer.byteLength(text)
    if (bytes > this.maxBytes) throw new StateTooLargeError(key, bytes, this.maxBytes)
    // Random, so that no process ever gives one that was given before, also to an item that was deleted meanwhile.
    const change = { file: itemFileName(key), text: itemFileText(key, randomUUID(), text) }
    return { key, eTag: item.eTag, change }
  }

  private async assertCurrent({ key, eTag }: Replacement): Promise<void> {
    // Read even when any version will do: what is not ours must not be overwritten.
    const stored = await this.readItem(key)
    if (stored && !isUnconditional(eTag) && eTag !== stored.eTag) throw new StorageConflictError(key)
  }

  private async readAll(keys: readonly string[]): Promise<StoreItems> {
    const items: StoreItems = {}
    for (const key of keys) {
      const item = await this.readItem(key)
      if (item) setOwn(items, key, item)
    }
    return items
  }

  private readItem(key: string): Promise<StoreItem | undefined> {
    return this.reads.run(() => readItemFile(join(this.items, itemFileName(key)), key))
  }

  /** Runs `work` while nobody else works in the folder, on a folder in which every write is complete. */
  private alone<T>(work: (workspace: string) => Promise<T>): Promise<T> {
    return this.lock.hold(async (workspace) => {
      await this.journal.complete(workspace)
      await this.cleanOnce()
      return work(workspace)
    })
  }

  private async cleanOnce(): Promise<void> {
    if (this.cleaned) return
    await this.lock.removeOldClaims()
    await this.journal.clean()
    this.cleaned = true
  }

  private async operation<T>(work: () => Promise<T>): Promise<T> {
    try {
      await this.open()
      return await work()
    } catch (error) {
      // Someone removed the folder; the next operation creates it again.
      if (hasErrno(error, 'ENOENT')) this.opened = undefined
      throw codedError(this.folder, error)
    }
  }

  private async open(): Promise<void> {
    this.opened ??= this.createFolders()
    try {
      await this.opened
    } catch (error) {
      this.opened = undefined
      throw error
    }
  }

  private async createFolders(): Promise<void> {
    const topmost = await mkdir(this.folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
      if (!hasErrno(cause, 'EEXIST', 'ENOTDIR')) throw cause
      throw new StorageDamagedError(this.folder, 'cannot be a folder, for it or one above it is a file', { cause })
    })
    for (const path of [this.items, this.staged]) await createFolder(path)
    // Each folder that was created is an entry in the one above it.
    const above = topmost ? dirname(topmost) : this.folder
    for (let path = this.folder; ; path = dirname(path)) {
      await syncFolder(path, this.durability)
      if (path === above) return
    }
  }
}

async function createFolder(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (!hasErrno(error, 'EEXIST')) throw error
  })
  if (!(await lstat(path)).isDirectory()) throw new StorageDamagedError(path, 'is not a folder')
}
