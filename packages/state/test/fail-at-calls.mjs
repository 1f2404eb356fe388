/**
 * Changes a storage, and lets its first operation on files for that fail, then in another folder its second, and so on, until
 * it has no more of them.
 *
 * node fail-at-calls.mjs <folder> <code> <steps>
 *
 * `steps`: a JSON list of `["write", changes]` and `["delete", keys]`. Prints a line for each folder, a JSON list: the name of
 * the operation that failed, and for each step how it ended and what another storage finds after it.
 */
import { join } from 'node:path'
import { writeSync } from 'node:fs'
import { beforeEachFileCall } from './file-calls.mjs'

const [folder = '', code = '', steps = '[]'] = process.argv.slice(2)
const { FileStorage } = await import('@parley/state')

/** @type {(["write", object] | ["delete", string[]])[]} */
const parsed = JSON.parse(steps)

for (let n = 1, failed = 'nothing'; failed !== ''; n++) {
  const path = join(folder, String(n))
  const storage = new FileStorage(path)
  await storage.write({ a: { value: 1 }, b: { value: 1 } })
  failed = ''
  let calls = 0
  const ends = []
  for (const [operation, what] of parsed) {
    beforeEachFileCall((name) => {
      if (++calls !== n) return
      failed = name
      throw Object.assign(new Error(`${code}: on purpose, ${name}`), { code, syscall: name })
    })
    const end = await (operation === 'write' ? storage.write(what) : storage.delete(what)).then(
      () => 'done',
      (error) => error.code,
    )
    beforeEachFileCall(() => {})
    ends.push([end, await found(path)])
  }
  writeSync(1, `${JSON.stringify([failed, ends])}\n`)
}

/** @param {string} path */
async function found(path) {
  const items = await new FileStorage(path)
    .read(['a', 'b'])
    .catch((error) => ({ error: { value: error.code ?? String(error) } }))
  return Object.fromEntries(Object.entries(items).map(([key, { value }]) => [key, value]))
}
