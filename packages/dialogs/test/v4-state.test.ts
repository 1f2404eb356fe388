import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as core from '@parley/core'
import * as state from '@parley/state'
import { MemoryStorage } from '@parley/state'
import * as dialogs from '../src/index.ts'
import { converse, storedConversations } from './stored-conversations.ts'
import type { StoredConversation } from './stored-conversations.ts'

const library = { ...core, ...state, ...dialogs }

function storedByV4(name: string): { [key: string]: object } {
  return JSON.parse(readFileSync(join(__dirname, `fixtures/v4-state/${name}.json`), 'utf8'))
}

function storageOf(items: { [key: string]: object }): { memory: { [key: string]: string }; storage: MemoryStorage } {
  const memory = Object.fromEntries(Object.entries(items).map(([key, item]) => [key, JSON.stringify(item)]))
  return { memory, storage: new MemoryStorage(memory) }
}

/** Without what is new each time. */
function comparable(items: { [key: string]: object }): object {
  return JSON.parse(JSON.stringify(items, (name, value) => (/^(?:instanceId|eTag)$/.test(name) ? undefined : value)))
}

describe.each(storedConversations.map((conversation) => [conversation.name, conversation] as const))(
  '%s',
  (name, { before, after, dialog, laterDialog, says }: StoredConversation) => {
    test('goes on where botbuilder-dialogs 4.23.3 has stored it', async () => {
      const { storage } = storageOf(storedByV4(name))
      expect(await converse(library, (laterDialog ?? dialog)(library), storage, after)).toEqual(says)
    })

    test('is stored as botbuilder-dialogs 4.23.3 does, versions included', async () => {
      const { memory, storage } = storageOf({})
      await converse(library, dialog(library), storage, before)
      const stored = Object.fromEntries(Object.entries(memory).map(([key, text]) => [key, JSON.parse(text)]))
      expect(comparable(stored)).toEqual(comparable(storedByV4(name)))
    })

    test('can be stored after every turn', async () => {
      const { storage } = storageOf({})
      for (const text of before) await converse(library, dialog(library), storage, [text])
      const said: string[] = []
      const later = (laterDialog ?? dialog)(library)
      for (const text of after) said.push(...(await converse(library, later, storage, [text])))
      expect(said).toEqual(says)
    })
  },
)
