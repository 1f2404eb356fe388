/**
 * Exchanges stored conversations with the published botbuilder-dialogs, in both directions:
 *
 *     npm run build
 *     node packages/dialogs/scripts/exchange-with-v4.mjs <folder with node_modules/botbuilder-dialogs> [--write]
 *
 * Each conversation is stored in the middle by the one and continued by the other, and what both store is compared.
 * `--write` also writes the fixtures that the tests continue, which need nothing installed.
 */
import { isDeepStrictEqual } from 'node:util'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { converse, storedConversations } from '../test/stored-conversations.mjs'

const [folder, flag] = process.argv.slice(2)
if (!folder) throw new Error('Usage: node exchange-with-v4.mjs <folder with node_modules/botbuilder-dialogs> [--write]')

const requireV4 = createRequire(join(resolve(folder), 'package.json'))
const v4 = { ...requireV4('botbuilder-core'), ...requireV4('botbuilder-dialogs') }
const requireOurs = createRequire(import.meta.url)
const ours = { ...requireOurs('@parley/core'), ...requireOurs('@parley/state'), ...requireOurs('@parley/dialogs') }

let failures = 0
for (const conversation of storedConversations) {
  const byV4 = await storedBy(v4, conversation)
  const byOurs = await storedBy(ours, conversation)
  report(`${conversation.name}: both store the same`, comparable(byV4), comparable(byOurs))
  report(`${conversation.name}: stored by v4`, conversation.says, await continuedBy(ours, conversation, byV4))
  report(`${conversation.name}: continued by v4`, conversation.says, await continuedBy(v4, conversation, byOurs))
  if (flag === '--write') {
    const file = new URL(`../test/fixtures/v4-state/${conversation.name}.json`, import.meta.url)
    writeFileSync(file, `${JSON.stringify(byV4, undefined, 2)}\n`)
  }
}
process.exitCode = failures > 0 ? 1 : 0

/**
 * @param {import('../test/stored-conversations.mjs').Library} library
 * @param {import('../test/stored-conversations.mjs').StoredConversation} conversation
 */
async function storedBy(library, { dialog, before }) {
  const memory = {}
  await converse(library, dialog(library), new library.MemoryStorage(memory), before)
  return Object.fromEntries(
    Object.entries(memory).map(([key, text]) => [key, JSON.parse(/** @type {string} */ (text))]),
  )
}

/**
 * @param {import('../test/stored-conversations.mjs').Library} library
 * @param {import('../test/stored-conversations.mjs').StoredConversation} conversation
 * @param {Record<string, object>} stored
 */
async function continuedBy(library, { dialog, laterDialog, after }, stored) {
  const memory = Object.fromEntries(Object.entries(stored).map(([key, item]) => [key, JSON.stringify(item)]))
  return converse(library, (laterDialog ?? dialog)(library), new library.MemoryStorage(memory), after)
}

/**
 * Without what is new each time.
 *
 * @param {Record<string, object>} stored
 */
function comparable(stored) {
  return JSON.parse(JSON.stringify(stored, (name, value) => (/^(?:instanceId|eTag)$/.test(name) ? undefined : value)))
}

/**
 * @param {string} what
 * @param {unknown} wanted
 * @param {unknown} found
 */
function report(what, wanted, found) {
  const isSame = isDeepStrictEqual(wanted, found)
  if (!isSame) failures++
  console.log(isSame ? 'ok  ' : 'FAIL', what)
  if (!isSame) console.log(JSON.stringify(wanted), '\n', JSON.stringify(found))
}
