/**
 * Changes a storage, and kills itself right before its n-th operation on files for that.
 *
 * node kill-at-call.mjs <folder> <n> <steps>
 *
 * `steps`: a JSON list of `["write", changes]` and `["delete", keys]`. Prints `done` after each, and `end` at the end.
 */
import { writeSync } from 'node:fs'
import { beforeEachFileCall } from './file-calls.mjs'

const [folder = '', n, steps = '[]'] = process.argv.slice(2)
const { FileStorage } = await import('@parley/state')

/** @type {(["write", object] | ["delete", string[]])[]} */
const parsed = JSON.parse(steps)
const storage = new FileStorage(folder, { durability: 'none' })
await storage.read(['any'])

let calls = 0
beforeEachFileCall(() => {
  if (++calls === Number(n)) process.kill(process.pid, 'SIGKILL')
})
for (const [operation, what] of parsed) {
  await (operation === 'write' ? storage.write(what) : storage.delete(what))
  writeSync(1, 'done\n')
}
writeSync(1, 'end\n')
