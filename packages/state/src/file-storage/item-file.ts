import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { StorageDamagedError, hasErrno } from './file-storage-errors.ts'
import type { StoreItem } from '../storage.ts'

/** An item as it is in its file: with its key, for the name of the file is only a hash of it. */
interface ItemFile {
  readonly key: string
  readonly eTag: string
  readonly item: object
}

// Not followed where it is a link, and not waited for where it is a pipe. Windows knows neither.
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

const NAME = /^[0-9a-f]{64}\.json$/

/**
 * The name of the file for a key. Keys that differ in anything have different names, on file systems that fold case or
 * normalize Unicode too; UTF-16 because UTF-8 makes all halves of surrogate pairs the same.
 */
export function itemFileName(key: string): string {
  return `${createHash('sha256').update(key, 'utf16le').digest('hex')}.json`
}

/** Whether a text can be a name of {@link itemFileName}. */
export function isItemFileName(name: unknown): name is string {
  return typeof name === 'string' && NAME.test(name)
}

/** @param itemText - The item as JSON, without its `eTag`. */
export function itemFileText(key: string, eTag: string, itemText: string): string {
  return `{"key":${JSON.stringify(key)},"eTag":${JSON.stringify(eTag)},"item":${itemText}}\n`
}

/**
 * The item in a file, with its `eTag`, or `undefined` when there is no file.
 *
 * @throws {@link StorageDamagedError} `STATE_DAMAGED`: there is something else in its place.
 */
export async function readItemFile(path: string, key: string): Promise<StoreItem | undefined> {
  const text = await readRegularFile(path)
  if (text === undefined) return undefined
  const content = parse(path, text)
  if (!isItemFile(content)) throw new StorageDamagedError(path, 'does not hold an item')
  if (content.key !== key) throw new StorageDamagedError(path, 'holds the item of another key')
  return Object.assign(content.item, { eTag: content.eTag })
}

/**
 * The text in a file, or `undefined` when there is none.
 *
 * @throws {@link StorageDamagedError} `STATE_DAMAGED`: it is a link, a folder, or something else that is not a file.
 */
export async function readRegularFile(path: string): Promise<string | undefined> {
  const file = await openToRead(path)
  if (!file) return undefined
  try {
    if (!(await file.stat()).isFile()) throw new StorageDamagedError(path, 'is not a file')
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** @throws {@link StorageDamagedError} `STATE_DAMAGED`: it is not JSON. */
export function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new StorageDamagedError(path, 'does not hold JSON', { cause })
  }
}

async function openToRead(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, READ_FLAGS)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    if (hasErrno(error, 'ELOOP')) throw new StorageDamagedError(path, 'is a link', { cause: error })
    throw error
  }
}

function isItemFile(value: unknown): value is ItemFile {
  const { key, eTag, item } = (value ?? {}) as Partial<Record<keyof ItemFile, unknown>>
  return typeof key === 'string' && typeof eTag === 'string' && typeof item === 'object' && item !== null
}
