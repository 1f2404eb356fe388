import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Clock } from '../clock.ts'
import { KeyRing } from '../identity/key-ring.ts'
import { exportSigningKey, generateSigningKey, importSigningKey } from '../identity/signing-key.ts'
import type { AttachmentStore } from './attachment-store.ts'
import type { BagStore } from './bag-store.ts'
import type { ConversationStore } from './conversation-store.ts'
import { DataFolderFailedError } from './data-folder-errors.ts'
import { MemoryAttachmentStore } from './memory-attachment-store.ts'
import { MemoryBagStore } from './memory-bag-store.ts'
import type { KeptRecords } from './kept-records.ts'
import { MemoryConversationStore } from './memory-conversation-store.ts'
import { MemoryKeptRecords } from './memory-kept-records.ts'
import type { RetentionLimits } from './retention.ts'
import { SqliteAttachmentStore } from './sqlite-attachment-store.ts'
import { SqliteBagStore } from './sqlite-bag-store.ts'
import { SqliteConversationStore } from './sqlite-conversation-store.ts'
import { loadSqlite } from './sqlite-engine.ts'
import { SqliteFile } from './sqlite-file.ts'
import { SqliteKeptRecords } from './sqlite-kept-records.ts'

export interface ServiceDataOptions {
  /** Absent to keep everything in memory. */
  readonly dataFolder: string | undefined
  readonly clock: Clock
  readonly retention: RetentionLimits
}

/**
 * What a service keeps: its conversations, the files in them, and what clients need to come back to them.
 *
 * With a data folder all of it survives the run. That includes the key of Direct Line tokens, because a web page holds a token
 * and never the secret: without the key it could not come back to its conversation. And it includes the key of users' tokens,
 * because who has signed in stays signed in. The keys of the two other issuers are new in every run all the same: bots fetch
 * keys and tokens again by themselves, so keeping them would only be a risk.
 */
export interface ServiceData {
  readonly conversations: ConversationStore
  readonly attachments: AttachmentStore
  /** What users are signed in to, and sign-ins under way. */
  readonly records: KeptRecords
  /** What bots keep through the Bot State API. */
  readonly bags: BagStore
  /** The Direct Line secret of a service that was not given one. */
  readonly directLineSecret: string
  /** Signs Direct Line tokens. */
  readonly directLineKeys: KeyRing
  /** Signs the tokens of users. */
  readonly userTokenKeys: KeyRing
  /** Gives disk space of what was forgotten back. */
  giveBack(): void
  /** Lets go of the folder. */
  close(): void
}

/** Name of the file in the data folder. */
const FILE_NAME = 'service.sqlite'

/** The file holds a secret and a key, so nobody else on the machine may read it. */
const OWNER_ONLY = { folder: 0o700, file: 0o600 } as const

/**
 * Opens the data folder, or makes what lasts for this run only.
 *
 * @throws DataEngineMissingError `SERVICE_DATA_ENGINE`, and what {@link SqliteFile.open} throws.
 */
export async function openServiceData({ dataFolder, clock, retention }: ServiceDataOptions): Promise<ServiceData> {
  if (dataFolder !== undefined) return openFolder(resolve(dataFolder), clock, retention)
  return {
    conversations: new MemoryConversationStore(clock, retention),
    attachments: new MemoryAttachmentStore(clock, retention),
    records: new MemoryKeptRecords(clock),
    bags: new MemoryBagStore(retention),
    directLineSecret: newSecret(),
    directLineKeys: new KeyRing(),
    userTokenKeys: new KeyRing(),
    giveBack() {},
    close() {},
  }
}

async function openFolder(folder: string, clock: Clock, retention: RetentionLimits): Promise<ServiceData> {
  const engine = await loadSqlite()
  const path = join(folder, FILE_NAME)
  createFile(folder, path)
  const file = SqliteFile.open(path, engine)
  try {
    const newKey = async (): Promise<string> => exportSigningKey(await generateSigningKey())
    const keyText = await keep(file, 'directLineKey', newKey)
    const userKeyText = await keep(file, 'userTokenKey', newKey)
    return {
      conversations: new SqliteConversationStore(file, clock, retention),
      attachments: new SqliteAttachmentStore(file, clock, retention),
      records: new SqliteKeptRecords(file, clock),
      bags: new SqliteBagStore(file, retention),
      directLineSecret: await keep(file, 'directLineSecret', newSecret),
      directLineKeys: new KeyRing(importSigningKey(keyText)),
      userTokenKeys: new KeyRing(importSigningKey(userKeyText)),
      giveBack: () => file.giveBack(),
      close: () => file.close(),
    }
  } catch (error) {
    file.close()
    throw error
  }
}

/** SQLite would make the file readable for all; its log takes over the mode of the file. */
function createFile(folder: string, path: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY.folder })
    // Not opened when it exists: closing it would end the lock that another service of this process has on it.
    if (!existsSync(path)) closeSync(openSync(path, 'a', OWNER_ONLY.file))
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new DataFolderFailedError(path, code ?? message, { cause })
  }
}

/** The setting of that name; made and kept when the file has none yet. */
async function keep(file: SqliteFile, name: string, make: () => string | Promise<string>): Promise<string> {
  const kept = file.prepare<{ value: string }>('SELECT value FROM setting WHERE name = ?').get(name)
  if (kept) return kept.value
  const value = await make()
  file.transaction(() => file.prepare('INSERT INTO setting (name, value) VALUES (?, ?)').run(name, value))
  return value
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}
