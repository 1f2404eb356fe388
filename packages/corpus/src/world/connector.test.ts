import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connector } from './connector.ts'
import { listen } from './local-server.ts'

let connector: Connector

beforeEach(async () => {
  connector = new Connector((text) => text)
  await connector.start()
})

const answers = async (): Promise<boolean> =>
  fetch(connector.url, { method: 'POST', body: '{}' }).then(
    ({ ok }) => ok,
    () => false,
  )

test('a connector that goes away comes back', async () => {
  await connector.goAway(20)
  await expect(answers()).resolves.toBe(false)
  while (!(await answers())) await sleep(5)
  await connector.close()
})

test('a connector that is closed while it is away stays away', async () => {
  await connector.goAway(20)
  await connector.close()
  await sleep(40)
  await expect(answers()).resolves.toBe(false)
})

test('a connector whose port is taken while it is away says so when it is closed', async () => {
  const port = Number(new URL(connector.url).port)
  await connector.goAway(20)
  const other = await listen(createServer(), port)
  await sleep(40)
  await expect(connector.close()).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await other.close()
})
