import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Activity, PagedResult, TranscriptInfo, TranscriptStore } from '@parley/core'
import { StorageArgumentError } from '../storage-errors.ts'
import { assertActivity, assertChannel, assertConversation, page, PAGE_SIZE } from './page.ts'
import { safeName, timeOfFile, transcriptFileName } from './transcript-file-name.ts'

/**
 * Remembers conversations as files, one for each activity: `<folder>/<channel>/<conversation>/<ticks>-<id>.json`, as SDK v4
 * laid them out. For developing; ids that differ only in characters file names cannot have share a folder.
 *
 * A page has at most 20 items, and only their files are read; its `continuationToken` is the name of the next file, without
 * `.json`, or of the next conversation.
 */
export class FileTranscriptStore implements TranscriptStore {
  private readonly rootFolder: string
  private lastWrite: Promise<void> = Promise.resolve()

  /**
   * @param folder - Made when it is not there.
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: no folder was given.
   */
  constructor(folder: string) {
    if (!folder) throw new StorageArgumentError('Missing folder.')
    this.rootFolder = folder
  }

  /** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: no activity was given, or it has no id. */
  async logActivity(activity: Activity): Promise<void> {
    assertActivity(activity)
    const { channelId, conversation, id } = activity
    assertConversation(channelId, conversation?.id)
    if (!id) throw new StorageArgumentError('The activity has no id to log it under.')
    const text = JSON.stringify(activity, undefined, '\t')
    // One after the other, because the name of a file depends on those that are there.
    const writing = this.lastWrite.then(() => writeActivity(this.folderOf(channelId, conversation.id), activity, text))
    this.lastWrite = writing.catch(() => {})
    await writing
  }

  /** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: an id is missing. */
  async getTranscriptActivities(
    channelId: string,
    conversationId: string,
    continuationToken?: string,
    startDate?: Date,
  ): Promise<PagedResult<Activity>> {
    assertConversation(channelId, conversationId)
    const folder = this.folderOf(channelId, conversationId)
    const since = startDate?.getTime() ?? -Infinity
    const files = (await jsonFilesIn(folder)).filter((file) => timeOfFile(file) >= since)
    const names = pageFrom(files.map(withoutExtension), continuationToken)
    const items = await Promise.all(names.items.map((name) => readActivity(join(folder, `${name}.json`))))
    return { ...names, items }
  }

  /**
   * The conversations of a channel, by the names of their folders.
   *
   * @throws {@link StorageArgumentError} `STATE_ARGUMENT`: the channel is missing.
   */
  async listTranscripts(channelId: string, continuationToken?: string): Promise<PagedResult<TranscriptInfo>> {
    assertChannel(channelId)
    const folder = join(this.rootFolder, safeName(channelId))
    const names = pageFrom((await namesIn(folder)).toSorted(), continuationToken)
    const items = await Promise.all(
      names.items.map(async (id) => ({ channelId, id, created: await beginningOf(join(folder, id)) })),
    )
    return { ...names, items }
  }

  /** @throws {@link StorageArgumentError} `STATE_ARGUMENT`: an id is missing. */
  async deleteTranscript(channelId: string, conversationId: string): Promise<void> {
    assertConversation(channelId, conversationId)
    await rm(this.folderOf(channelId, conversationId), { recursive: true, force: true })
  }

  private folderOf(channelId: string, conversationId: string): string {
    return join(this.rootFolder, safeName(channelId), safeName(conversationId))
  }
}

async function writeActivity(folder: string, activity: Activity, text: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = await fileFor(folder, activity)
  // Written whole before it has its name, so that nobody reads half of it.
  const unfinished = join(folder, `${randomUUID()}.tmp`)
  await writeFile(unfinished, text)
  await rename(unfinished, file)
}

/**
 * Where an activity goes. What happens to a message (it is edited, it is deleted) has the message's id, and may have come within
 * its millisecond; it gets the next one.
 */
async function fileFor(folder: string, { id, timestamp, type }: Activity): Promise<string> {
  for (let at = new Date(timestamp ?? Date.now()).getTime(); ; at += 1) {
    const file = join(folder, transcriptFileName(new Date(at), id as string))
    const there = await readActivity(file).catch(() => undefined)
    if (there === undefined || there.type === type) return file
  }
}

async function beginningOf(folder: string): Promise<Date> {
  const [first] = await jsonFilesIn(folder)
  return new Date(first ? timeOfFile(first) : 0)
}

async function readActivity(file: string): Promise<Activity> {
  const activity = JSON.parse(await readFile(file, 'utf8')) as Activity
  for (const name of ['timestamp', 'localTimestamp', 'expiration'] as const) {
    if (activity[name]) activity[name] = new Date(activity[name])
  }
  return activity
}

async function jsonFilesIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => name.endsWith('.json')).toSorted()
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function withoutExtension(file: string): string {
  return file.slice(0, -'.json'.length)
}

/** The page that begins with `token`; none when there is no such name. */
function pageFrom(names: readonly string[], token: string | undefined): PagedResult<string> {
  const first = token ? names.indexOf(token) : 0
  if (first === -1) return page([], undefined)
  return page(names.slice(first, first + PAGE_SIZE), names[first + PAGE_SIZE])
}
