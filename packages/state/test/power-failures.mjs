/**
 * Changes a storage, and then looks at what a power failure after each operation on files would have left of it.
 *
 * node power-failures.mjs <folder> <steps>
 *
 * `steps`: a JSON list of `["write", changes]` and `["delete", keys]`. Prints a line for each failure, a JSON list: how many
 * steps were done, and what is found then on each disk of `whatIsKept`.
 */
import { mkdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { followDisk, whatIsKept } from './kept-disk.mjs'

const [folder = '', steps = '[]'] = process.argv.slice(2)
const { FileStorage } = await import('@parley/state')

/** @typedef {import('./kept-disk.mjs').Tree} Tree */
/** @type {{ done: number, trees: Tree[] }[]} */
const failures = []
let done = 0
const before = join(folder, 'before')
mkdirSync(before)
followDisk(before, () => failures.push({ done, trees: whatIsKept() }))

const storage = new FileStorage(join(before, 'storage'))
for (const [operation, what] of JSON.parse(steps)) {
  await (operation === 'write' ? storage.write(what) : storage.delete(what))
  done++
}

for (const [index, failure] of failures.entries()) {
  const found = []
  for (const [disk, tree] of failure.trees.entries()) {
    const after = join(folder, `after-${index}-${disk}`)
    restore(after, tree)
    found.push(await read(join(after, 'storage')))
  }
  writeSync(1, `${JSON.stringify([failure.done, ...found])}\n`)
}

/** @param {string} path @param {Tree} tree */
function restore(path, tree) {
  mkdirSync(path)
  for (const [name, content] of Object.entries(tree)) {
    // Its owner has ended with the machine; this process, which has its name, has not.
    if (name.startsWith('lock')) continue
    if (typeof content === 'string') writeFileSync(join(path, name), content)
    else restore(join(path, name), content)
  }
}

/** @param {string} path */
async function read(path) {
  const items = await new FileStorage(path)
    .read(['a', 'b'])
    .catch((error) => ({ error: { value: error.code ?? String(error) } }))
  return Object.fromEntries(Object.entries(items).map(([key, { value }]) => [key, value]))
}
