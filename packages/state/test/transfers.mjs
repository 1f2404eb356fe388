/**
 * Moves money between accounts of a storage until it is killed. Every transfer is one write of three items: two accounts and
 * this program's own count of transfers.
 *
 * node transfers.mjs <folder> <name> <durability>
 *
 * Prints first what it found, as JSON, then the number of each transfer once it is acknowledged.
 */
import { writeSync } from 'node:fs'
import { FileStorage } from '@parley/state'

const [folder = '', name = '', durability] = process.argv.slice(2)
const storage = new FileStorage(folder, { durability: durability === 'none' ? 'none' : 'fsync' })
const names = JSON.parse(process.env['ACCOUNTS'] ?? '[]')
const ledgers = JSON.parse(process.env['LEDGERS'] ?? '[]')

writeSync(1, `${JSON.stringify(await storage.read([...names, ...ledgers]))}\n`)

for (;;) {
  const [from, to] = names.toSorted(() => Math.random() - 0.5)
  const items = await storage.read([from, to, name])
  const amount = Math.ceil(Math.random() * 100)
  const { transfers, eTag } = items[name] ?? { transfers: 0, eTag: 'absent' }
  try {
    await storage.write({
      [from]: moved(items[from], -amount),
      [to]: moved(items[to], amount),
      [name]: { transfers: transfers + 1, eTag },
    })
    writeSync(1, `${transfers + 1}\n`)
  } catch (error) {
    if (/** @type {{ code?: unknown }} */ (error).code !== 'STATE_CONFLICT') throw error
  }
}

/** @param {{ balance: number, moves: number, eTag: string }} account @param {number} amount */
function moved({ balance, moves, eTag }, amount) {
  return { balance: balance + amount, moves: moves + 1, eTag }
}
