import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { hasErrno } from './file-storage-errors.ts'

/** Whether what was written survives a power failure (`fsync`), or only the end of the process (`none`). */
export type Durability = 'fsync' | 'none'

/** Writes a file that must not be there yet, for the eyes of its owner only. */
export async function writeNewFile(path: string, text: string, durability: Durability): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    if (durability === 'fsync') await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes durable what was created, renamed and removed in a folder. */
export async function syncFolder(path: string, durability: Durability): Promise<void> {
  await changeFolder(path, durability, async () => {})
}

/**
 * Makes a change of what is in a folder, durably. The folder is opened before: where that fails, for want of file handles, the
 * change is not made.
 */
export async function changeFolder(path: string, durability: Durability, change: () => Promise<void>): Promise<void> {
  // Windows has no such operation: its file systems keep the order of these changes by themselves.
  if (durability === 'none' || process.platform === 'win32') return change()
  const folder = await open(path)
  try {
    await change()
    await sync(folder)
  } finally {
    await folder.close()
  }
}

async function sync(folder: FileHandle): Promise<void> {
  try {
    await folder.sync()
  } catch (error) {
    // Some network file systems have no such operation either.
    if (!hasErrno(error, 'EINVAL')) throw error
  }
}
