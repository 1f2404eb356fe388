/**
 * Makes one write again and again, and hangs right before its first operation on files, then before its second, and so on,
 * until it has no more of them.
 *
 * node hang-at-calls.mjs <folder> <changes>
 *
 * Whenever it hangs it has printed a line, and goes on with the next line it is given: `ready` before it reads what is stored,
 * for the eTags to write with; `hangs` before the operation. After each write it prints `done` or the code of the error.
 */
import { readSync, writeSync } from 'node:fs'
import { beforeEachFileCall } from './file-calls.mjs'

const [folder = '', changes = '{}'] = process.argv.slice(2)
const { FileStorage } = await import('@parley/state')
const storage = new FileStorage(folder)

/** @param {string} line */
function hang(line) {
  writeSync(1, `${line}\n`)
  readSync(0, Buffer.alloc(1))
}

for (let n = 1, hung = true; hung; n++) {
  hang('ready')
  const items = JSON.parse(changes)
  const stored = await storage.read(Object.keys(items))
  for (const key of Object.keys(items)) items[key].eTag = stored[key].eTag

  let calls = 0
  hung = false
  beforeEachFileCall(() => {
    if (++calls !== n) return
    hung = true
    hang('hangs')
  })
  const result = await storage.write(items).then(
    () => 'done',
    (error) => error.code,
  )
  beforeEachFileCall(() => {})
  writeSync(1, `${result}\n`)
}
