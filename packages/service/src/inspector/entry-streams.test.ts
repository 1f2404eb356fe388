import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BotRegistry } from '../bots/bot-registry.ts'
import { eventually } from 'test-support/eventually'
import { stopAll, whenDone } from '../../test/start-together.ts'
import { systemClock } from '../clock.ts'
import { DEFAULT_INSPECTOR_LIMITS } from './entry-ring.ts'
import { EntryStreams } from './entry-streams.ts'
import { Inspector } from './inspector.ts'

afterEach(stopAll)

/** More than the buffers of the operating system hold. */
const ENTRIES = 100_000

/** A page that has opened the stream and reads when it is told to, and the service's side of it. */
async function openSlowPage(streams: EntryStreams): Promise<[page: IncomingMessage, response: ServerResponse]> {
  let own: ServerResponse | undefined
  const server = createServer((_request, response) => {
    own = response
    streams.open(response, () => ({ conversationId: 'a' }), 0)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const page = await new Promise<IncomingMessage>((resolve) => {
    request({ port: (server.address() as AddressInfo).port }, resolve).end()
  })
  whenDone(async () => {
    page.destroy()
    server.closeAllConnections()
    server.close()
  })
  page.pause()
  return [page, own as ServerResponse]
}

test('a page that does not read takes no memory, and sees what is left when it reads', async () => {
  const limits = { ...DEFAULT_INSPECTOR_LIMITS, maxEntries: 100 }
  const store = { get: () => undefined }
  const inspector = new Inspector({ limits, clock: systemClock, bots: new BotRegistry(), store, secrets: [] })
  const streams = new EntryStreams(inspector)
  whenDone(async () => streams.close())
  const [page, response] = await openSlowPage(streams)
  for (let count = 0; count < ENTRIES; count += 1) {
    inspector.enter({ summary: { kind: 'note', conversationId: 'a', text: 'x'.repeat(120) } })
    // Lets the connection take what it can.
    if (count % 1000 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(response.writableLength).toBeLessThan(256 * 1024)
  let received = ''
  page.on('data', (chunk: Buffer) => (received += chunk.toString()))
  page.resume()
  await eventually(() => expect(received.slice(-400)).toContain(`id: ${ENTRIES}\n`))
  const ids = [...received.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
  expect(ids.length).toBeLessThan(ENTRIES)
  expect(ids.slice(-100)).toEqual(Array.from({ length: 100 }, (_, index) => ENTRIES - 99 + index))
})
