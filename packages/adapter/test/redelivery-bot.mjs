// A bot in a process of its own, for kills.test.ts: on the built packages, as a deployed one is. A turn says two things.
// Argument: the folder of its storage of turns. A message {dieAt: n} has it kill itself at the n-th step from then on: right
// before or right after an operation of the storage.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { FileStorage } from '@parley/state'

let stepsLeft = Infinity
const step = () => {
  stepsLeft -= 1
  if (stepsLeft === 0) process.kill(process.pid, 'SIGKILL')
}

/** @type {<T>(work: () => Promise<T>) => Promise<T>} */
const between = async (work) => {
  step()
  const result = await work()
  step()
  return result
}

const files = new FileStorage(process.argv[2] ?? '', { durability: 'none' })
/** @type {import('@parley/state').Storage} */
const turnStorage = {
  read: (keys) => between(() => files.read(keys)),
  write: (changes) => between(() => files.write(changes)),
  delete: (keys) => between(() => files.delete(keys)),
}

process.on('message', (/** @type {{ dieAt: number }} */ { dieAt }) => {
  stepsLeft = dieAt
  process.send?.('armed')
})

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const adapter = CloudAdapter.fromEnv({ turnStorage, logger: silent })
const server = createServer(
  createNodeListener(adapter, async (context) => {
    await context.sendActivity(`first to ${context.activity.text}`)
    await context.sendActivity(`second to ${context.activity.text}`)
  }),
)
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
process.send?.(typeof address === 'object' ? address?.port : undefined)
