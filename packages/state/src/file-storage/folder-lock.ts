import { mkdir, readdir, rename, rmdir, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ConcurrencyLimit } from './concurrency-limit.ts'
import { StorageBusyError, StorageDamagedError, hasErrno } from './file-storage-errors.ts'
import { newOwnerName, ownerPid, ownerState } from './lock-owner.ts'
import type { OwnerState } from './lock-owner.ts'

export interface FolderLockOptions {
  /** How long to wait for others, in milliseconds. Default 15 000. */
  readonly waitMs?: number
  /** For how long an owner that may be dead is left alone, in milliseconds. Default 5000. */
  readonly silentMs?: number
  /** Default {@link ownerState}. */
  readonly stateOfOwner?: (owner: string) => OwnerState | undefined
}

const LOCK = 'lock'
const CLAIM_PREFIX = 'lock.'
/** Claims of owners whose end cannot be seen are removed when they are that old. */
const OLD_CLAIM_MS = 60 * 60 * 1000
const MAX_PAUSE_MS = 20
/** Between tries to remove a lock that could not be removed. */
const MAX_RELEASE_PAUSE_MS = 1000
const MAX_LOSSES = 5

/**
 * Lets one process at a time work in a folder, with nothing but what every file system has.
 *
 * The lock is the folder `lock` with one folder in it, named after the owner: the owner's workspace. It is made elsewhere and
 * renamed to `lock`, which fails while `lock` has an owner; so taking it is one step, and whoever finds it knows whose it is.
 *
 * A lock whose owner has ended, or may have and was silent for long, is taken away by removing the workspace. That is safe
 * even when the owner was only stopped: it changes the folder only by renaming files out of its workspace or into it, and
 * once that is gone, so is every path through it. Node has no lock that the system takes back by itself.
 */
export class FolderLock {
  private readonly folder: string
  private readonly waitMs: number
  private readonly silentMs: number
  private readonly stateOfOwner: (owner: string) => OwnerState | undefined
  /** Those of this process who share this lock wait here, not in the folder. */
  private readonly turns: ConcurrencyLimit = new ConcurrencyLimit(1)
  /** Owners of this lock that it could not remove yet. */
  private readonly abandoned: Set<string> = new Set()

  constructor(folder: string, { waitMs = 15_000, silentMs = 5000, stateOfOwner = ownerState }: FolderLockOptions = {}) {
    this.folder = folder
    this.waitMs = waitMs
    this.silentMs = silentMs
    this.stateOfOwner = stateOfOwner
  }

  /**
   * Runs `work` while no other process does. When the lock is taken away meanwhile, `work` runs again; then it must not have
   * changed anything, and has not if it did so only by one rename out of the workspace or into it.
   *
   * @param work - Gets the path of the workspace, an empty folder that is removed afterwards with all files in it.
   * @throws {@link StorageBusyError} `STATE_BUSY`: others had the lock for too long.
   */
  hold<T>(work: (workspace: string) => Promise<T>): Promise<T> {
    const startedAt = performance.now()
    return this.turns.run(() => this.holdInTurn(work, startedAt))
  }

  /** @param startedAt - Since when it is waited for; what it waited for others of this process counts. */
  private async holdInTurn<T>(work: (workspace: string) => Promise<T>, startedAt: number): Promise<T> {
    for (let losses = 0; ; losses++) {
      const workspace = await this.acquire(losses === 0 ? startedAt : performance.now())
      try {
        return await work(workspace)
      } catch (error) {
        if (!hasErrno(error, 'ENOENT') || (await exists(workspace))) throw error
        if (losses === MAX_LOSSES) throw new StorageBusyError(this.folder, losses * this.silentMs)
      } finally {
        await this.release(workspace)
      }
    }
  }

  /** Removes what processes left that ended while they were taking the lock. */
  async removeOldClaims(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const owner = name.startsWith(CLAIM_PREFIX) ? name.slice(CLAIM_PREFIX.length) : ''
      const state = this.stateOfOwner(owner)
      const claim = join(this.folder, name)
      if (state === 'dead' || (state === 'unknown' && (await isOlder(claim, OLD_CLAIM_MS)))) {
        await removeClaim(claim, owner)
      }
    }
  }

  private async acquire(startedAt: number): Promise<string> {
    const owner = newOwnerName()
    const claim = join(this.folder, CLAIM_PREFIX + owner)
    try {
      await mkdir(claim, { mode: 0o700 })
      await mkdir(join(claim, owner), { mode: 0o700 })
      await this.enter(claim, startedAt)
    } catch (error) {
      await removeClaim(claim, owner)
      throw error
    }
    return join(this.folder, LOCK, owner)
  }

  private async enter(claim: string, startedAt: number): Promise<void> {
    let holder: string | undefined
    let seenAt = performance.now()
    for (let pauseMs = 1; !(await this.rename(claim)); pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
      const before = holder
      holder = await this.holder()
      if (holder !== before) seenAt = performance.now()
      if (holder && this.isOver(holder, performance.now() - seenAt)) {
        await removeWorkspace(join(this.folder, LOCK, holder)).catch(ignoreOthers)
      } else if (performance.now() - startedAt > this.waitMs) {
        throw new StorageBusyError(this.folder, this.waitMs, holder ? ownerPid(holder) : undefined)
      } else {
        await delay(Math.random() * pauseMs)
      }
    }
  }

  /** Whether the claim has become the lock. */
  private async rename(claim: string): Promise<boolean> {
    const lock = join(this.folder, LOCK)
    try {
      await rename(claim, lock)
      return true
    } catch (error) {
      if (hasErrno(error, 'ENOTEMPTY', 'EEXIST')) return false
      // Windows does not say more when the target exists.
      if (process.platform === 'win32' && hasErrno(error, 'EPERM', 'EACCES')) return false
      if (hasErrno(error, 'ENOTDIR')) throw new StorageDamagedError(lock, 'is not a folder')
      throw error
    }
  }

  private async holder(): Promise<string | undefined> {
    const lock = join(this.folder, LOCK)
    const names = await readdir(lock).catch(ignoreOthers)
    if (names?.length === 0) await rmdir(lock).catch(ignoreOthers)
    const holder = names?.find((name) => ownerPid(name) !== undefined)
    if (names?.length && !holder) throw new StorageDamagedError(lock, `has "${names[0]}" in it, which is not ours`)
    return holder
  }

  private isOver(holder: string, silentMs: number): boolean {
    const state = this.abandoned.has(holder) ? 'dead' : this.stateOfOwner(holder)
    return state === 'dead' || (state === 'unknown' && silentMs > this.silentMs)
  }

  /** Never throws: what was done while the lock was held is done, whether it can be released or not. */
  private async release(workspace: string): Promise<void> {
    if (await isReleased(workspace)) return
    this.abandoned.add(basename(workspace))
    void this.releaseLater(workspace)
  }

  /** Other processes see an owner that is alive, and would wait for it for good. */
  private async releaseLater(workspace: string): Promise<void> {
    let pauseMs = MAX_PAUSE_MS
    do {
      await delay(pauseMs, undefined, { ref: false })
      pauseMs = Math.min(pauseMs * 2, MAX_RELEASE_PAUSE_MS)
    } while (!(await isReleased(workspace)))
    this.abandoned.delete(basename(workspace))
  }
}

/** Removes a workspace, and the lock with it. Whether it could, or someone else did. */
async function isReleased(workspace: string): Promise<boolean> {
  return removeWorkspace(workspace).then(
    () => true,
    (error: unknown) => hasErrno(error, 'ENOENT'),
  )
}

async function removeWorkspace(workspace: string): Promise<void> {
  try {
    await rmdir(workspace)
  } catch (error) {
    if (!hasErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error
    for (const name of await readdir(workspace)) await unlink(join(workspace, name)).catch(ignoreOthers)
    await rmdir(workspace)
  }
  // Fails when someone else has taken the lock already, and then it is theirs.
  await rmdir(dirname(workspace)).catch(ignoreOthers)
}

async function removeClaim(claim: string, owner: string): Promise<void> {
  await rmdir(join(claim, owner)).catch(() => {})
  await rmdir(claim).catch(() => {})
}

/** Whether an error says only that another process was faster. */
function isByOthers(error: unknown): boolean {
  return hasErrno(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST')
}

function ignoreOthers(error: unknown): undefined {
  if (!isByOthers(error)) throw error
}

async function exists(path: string): Promise<boolean> {
  const stats = await stat(path).catch(ignoreOthers)
  return stats !== undefined
}

async function isOlder(path: string, ageMs: number): Promise<boolean> {
  const stats = await stat(path).catch(ignoreOthers)
  return stats !== undefined && Date.now() - stats.mtimeMs > ageMs
}
