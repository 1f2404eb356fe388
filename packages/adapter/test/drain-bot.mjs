// A bot in a process of its own, for drain.test.ts: on the built packages, as a deployed one is. A turn shows typing, goes on
// when the test sends this process the text of its message, and echoes. Argument: the time limit of closing, in milliseconds.
import { once } from 'node:events'
import { CloudAdapter } from '@parley/adapter'
import { applyServerLimits, closeOnSignals, createRestifyHandler } from '@parley/adapter/restify'
import { pino } from 'pino'
import restify from 'restify'

/** @type {Map<unknown, () => void>} */
const goOn = new Map()
process.on('message', (text) => goOn.get(text)?.())

const logger = pino({ name: 'drain-bot' })
const adapter = CloudAdapter.fromEnv({ logger })
const server = restify.createServer()
server.post(
  '/api/messages',
  createRestifyHandler(adapter, async (context) => {
    const { text } = context.activity
    /** @type {Promise<void>} */
    const told = new Promise((resolve) => goOn.set(text, resolve))
    await context.sendActivity({ type: 'typing' })
    await told
    await context.sendActivity(`Echo: ${text}`)
  }),
)
closeOnSignals({ server: applyServerLimits(server.server), adapter, logger, timeoutMs: Number(process.argv[2]) })

server.listen(0, '127.0.0.1')
await once(server.server, 'listening')
process.send?.(server.address().port)
