import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import * as core from '@parley/core'
import * as state from '@parley/state'
import { describeWith } from 'test-support/parts'
import * as dialogs from '../src/index.ts'
import { converse, storedConversations } from './stored-conversations.ts'
import type { Library, StoredConversation } from './stored-conversations.ts'

/**
 * Exchanges stored conversations with the published botbuilder-dialogs, which is installed for the test, or taken from a folder:
 *
 *     V4_PEERS=<folder with node_modules/botbuilder-dialogs> npx jest packages/dialogs/test/exchange-with-v4
 *
 * With `V4_WRITE=1` it also writes the fixtures that the other tests continue, which need nothing installed.
 */
const { V4_PEERS: installed, V4_WRITE: writes } = process.env
const VERSION = '4.23.3'
const INSTALL_WITHIN_MS = 120_000

const ours: Library = { ...core, ...state, ...dialogs }
const run = promisify(execFile)

async function installPublished(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'botbuilder-dialogs-'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const packages = ['botbuilder-core', 'botbuilder-dialogs'].map((name) => `${name}@${VERSION}`)
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], { cwd: folder })
  return folder
}

function published(folder: string): Library {
  const requireV4 = createRequire(join(folder, 'package.json'))
  return { ...requireV4('botbuilder-core'), ...requireV4('botbuilder-dialogs') }
}

async function storedBy(library: Library, { dialog, before }: StoredConversation): Promise<{ [key: string]: object }> {
  const memory: { [key: string]: string } = {}
  await converse(library, dialog(library), new library['MemoryStorage'](memory), before)
  return Object.fromEntries(Object.entries(memory).map(([key, text]) => [key, JSON.parse(text)]))
}

function continuedBy(
  library: Library,
  { dialog, laterDialog, after }: StoredConversation,
  stored: { [key: string]: object },
): Promise<string[]> {
  const memory = Object.fromEntries(Object.entries(stored).map(([key, item]) => [key, JSON.stringify(item)]))
  return converse(library, (laterDialog ?? dialog)(library), new library['MemoryStorage'](memory), after)
}

describeWith('registry', 'with the published botbuilder-dialogs', () => {
  let v4: Library

  beforeAll(async () => {
    const folder = installed === undefined ? await installPublished() : resolve(installed)
    v4 = published(folder)
    if (installed === undefined) rmSync(folder, { recursive: true, force: true })
  }, INSTALL_WITHIN_MS)

  test.each(storedConversations.map((conversation) => [conversation.name, conversation] as const))(
    '%s goes on in either, whichever has stored it',
    async (name, conversation) => {
      const byV4 = await storedBy(v4, conversation)
      if (writes) {
        writeFileSync(join(__dirname, `fixtures/v4-state/${name}.json`), `${JSON.stringify(byV4, undefined, 2)}\n`)
      }
      expect(await continuedBy(ours, conversation, byV4)).toEqual(conversation.says)
      expect(await continuedBy(v4, conversation, await storedBy(ours, conversation))).toEqual(conversation.says)
    },
    30_000,
  )
})
