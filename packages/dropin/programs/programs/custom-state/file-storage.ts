import { createHash } from 'crypto'
import { promises as fs } from 'fs'
import { join } from 'path'
import { Storage, StoreItem, StoreItems } from 'botbuilder-core'

/** Keeps each item in a file of its own. */
export class FileStorage implements Storage {
  constructor(private readonly folder: string) {}

  async read(keys: string[]): Promise<StoreItems> {
    const items: StoreItems = {}
    for (const key of keys) {
      try {
        items[key] = JSON.parse(await fs.readFile(this.pathOf(key), 'utf8'))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
    return items
  }

  async write(changes: StoreItems): Promise<void> {
    await fs.mkdir(this.folder, { recursive: true })
    for (const key of Object.keys(changes)) {
      const item: StoreItem = { ...changes[key], key }
      await fs.writeFile(this.pathOf(key), JSON.stringify(item))
    }
  }

  async delete(keys: string[]): Promise<void> {
    for (const key of keys) await fs.rm(this.pathOf(key), { force: true })
  }

  private pathOf(key: string): string {
    return join(this.folder, `${createHash('sha256').update(key).digest('hex')}.json`)
  }
}
