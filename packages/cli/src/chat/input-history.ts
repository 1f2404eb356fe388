import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandIo } from '../command.ts'
import { stateFolder } from '../project/state-folder.ts'

/** Lines that are kept. */
export const MAX_HISTORY = 500
const MAX_LINE_LENGTH = 2000

/** What was typed in chats with the bot of one folder, kept in the user's state folder, where only the user may read it. */
export class InputHistory {
  private readonly folder: string | undefined
  private readonly file: string

  constructor({ env, cwd }: Pick<CommandIo, 'env' | 'cwd'>) {
    const folder = stateFolder(env)
    this.folder = folder && join(folder, 'history')
    this.file = join(this.folder ?? '', `${createHash('sha256').update(cwd).digest('hex').slice(0, 16)}.json`)
  }

  /** The lines of earlier chats, newest first. None when they cannot be read: a chat is possible without. */
  read(): string[] {
    if (this.folder === undefined) return []
    try {
      const lines: unknown = JSON.parse(readFileSync(this.file, 'utf8'))
      return Array.isArray(lines) ? lines.filter((line): line is string => typeof line === 'string') : []
    } catch {
      return []
    }
  }

  /** Keeps the lines, newest first. @returns what kept them from being kept. */
  write(lines: readonly string[]): string | undefined {
    if (this.folder === undefined) return undefined
    const kept = lines.filter((line) => line.length <= MAX_LINE_LENGTH).slice(0, MAX_HISTORY)
    const temporary = `${this.file}.${process.pid}.tmp`
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      writeFileSync(temporary, JSON.stringify(kept), { mode: 0o600 })
      renameSync(temporary, this.file)
      return undefined
    } catch (error) {
      return `${this.file} cannot be written (${(error as NodeJS.ErrnoException).code})`
    }
  }
}
