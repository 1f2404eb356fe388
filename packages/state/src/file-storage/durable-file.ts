import { open } from 'node:fs/promises'
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
  // Windows has no such operation: its file systems keep the order of these changes by themselves.
  if (durability === 'none' || process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } catch (error) {
    // Some network file systems have no such operation either.
    if (!hasErrno(error, 'EINVAL')) throw error
  } finally {
    await folder.close()
  }
}
