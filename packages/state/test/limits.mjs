/**
 * Writes to a storage as far as it is let, and prints what came of it.
 *
 * node limits.mjs <folder> full       with a limit on the size of files: writes a large item, alone and among others
 * node limits.mjs <folder> forbidden  takes the right to change the folder from itself before it writes
 *
 * Prints the codes of the errors, as a JSON list. Expects the item `old`.
 */
import { chmodSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { FileStorage } from '@parley/state'

const [folder = '', limit] = process.argv.slice(2)
const storage = new FileStorage(folder)
await storage.read(['old'])

// Node ends by this signal otherwise.
process.on('SIGXFSZ', () => {})
if (limit === 'forbidden') {
  for (const path of [folder, join(folder, 'items')]) chmodSync(path, 0o500)
  // An administrator may do everything.
  if (process.geteuid?.() === 0) process.seteuid?.(65_534)
}

const text = 'x'.repeat(limit === 'full' ? 100_000 : 1)
const codes = []
for (const operation of [
  () => storage.write({ old: { text } }),
  () => storage.write({ first: { value: 1 }, old: { text } }),
  ...(limit === 'forbidden' ? [() => storage.delete(['old'])] : []),
]) {
  codes.push(
    await operation().then(
      () => 'done',
      (error) => error.code,
    ),
  )
}
writeSync(1, `${JSON.stringify(codes)}\n`)
