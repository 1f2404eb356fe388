import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { startService } from '@parley/service'
import type { ServiceOptions } from '@parley/service'
import { echo } from '../test/stand-in-bot.ts'
import { startTogether, stopAll } from '../test/start-together.ts'

afterEach(stopAll)

const bot = { appId: 'app', secret: 'secret', endpoint: 'http://localhost:3978/api/messages' }

test.each<[string, ServiceOptions, string]>([
  ['an address beyond this machine', { host: '0.0.0.0' }, 'SERVICE_HOST_NOT_LOOPBACK'],
  ['a name that may resolve to anything', { host: 'example.com' }, 'SERVICE_HOST_NOT_LOOPBACK'],
  ['a port out of range', { port: 70_000 }, 'SERVICE_OPTION'],
  ['a short Direct Line secret', { directLineSecret: 'short' }, 'SERVICE_OPTION'],
  ['an endpoint that is no web address', { bots: [{ ...bot, endpoint: 'ftp://localhost/' }] }, 'SERVICE_OPTION'],
  ['an endpoint with a password in it', { bots: [{ ...bot, endpoint: 'http://a:b@localhost/' }] }, 'SERVICE_OPTION'],
  ['a bot without a secret', { bots: [{ ...bot, secret: '' }] }, 'SERVICE_OPTION'],
  ['a tenant that is no id', { bots: [{ ...bot, tenantId: 'contoso' }] }, 'SERVICE_OPTION'],
  ['one app id twice', { bots: [bot, bot] }, 'SERVICE_OPTION'],
  ['a keep-alive that clients would not wait for', { streamKeepAliveMs: 31_000 }, 'SERVICE_OPTION'],
  ['a trusted origin with a path', { trustedOrigins: ['https://example.com/chat'] }, 'SERVICE_OPTION'],
  ['a token that never lives', { lifetimes: { accessTokenSeconds: 0 } }, 'SERVICE_OPTION'],
  ['half an activity to keep', { retention: { maxActivities: 2.5 } }, 'SERVICE_OPTION'],
  ['a data folder without a name', { dataFolder: '' }, 'SERVICE_OPTION'],
])('the service does not start with %s', async (_, options, code) => {
  await expect(startService({ port: 0, ...options })).rejects.toMatchObject({ code })
})

test('a port in use is told from other failures, with what to do', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  try {
    const starting = startService({ port })
    await expect(starting).rejects.toMatchObject({ code: 'SERVICE_PORT_IN_USE', port })
    await expect(starting).rejects.toThrow(/stop it, or choose another port/)
  } finally {
    await new Promise((resolve) => other.close(resolve))
  }
})

test('each service without a secret of its own makes a new one', async () => {
  const [first, second] = [await startService({ port: 0 }), await startService({ port: 0 })]
  expect(first.directLineSecret).toHaveLength(43)
  expect(first.directLineSecret).not.toBe(second.directLineSecret)
  await Promise.all([first.close(), second.close()])
})

test('a service is used, and closed, while its keys are in the making', async () => {
  const { service, directLine } = await startTogether(echo)
  const { conversationId, client } = await directLine.start()
  await directLine.say(conversationId, 'one')
  expect(await client.texts(conversationId)).toContain('Echo: one')
  const second = await startService({ port: 0 })
  await second.close()
  await service.close()
})

test('closing twice is closing once', async () => {
  const { service } = await startTogether()
  await Promise.all([service.close(), service.close()])
})

test('bots are shown without their secrets', async () => {
  const { service } = await startTogether()
  expect(service.bots).toHaveLength(1)
  expect(JSON.stringify(service.bots)).not.toContain('the-bots-secret')
})

test('a closed service can be started again on its port, and its tokens of before are worth nothing', async () => {
  const { service, bot: running, directLine } = await startTogether(echo)
  const port = Number(new URL(service.url).port)
  const { conversationId, client } = await directLine.start()
  await service.close()
  const next = await startService({ port, bots: [running.registration] })
  try {
    expect(next.url).toBe(service.url)
    expect((await client.say(conversationId, 'hello')).status).toBe(403)
  } finally {
    await next.close()
  }
})

test('neither secrets nor tokens appear in the log, whatever is logged', async () => {
  const lines: string[] = []
  const log = (facts: object, message: string): void => void lines.push(`${JSON.stringify(facts)} ${message}`)
  const logger = { debug: log, info: log, warn: log, error: log }
  const { service, bot: running, directLine } = await startTogether(echo, { logger })
  const { conversationId, streamUrl, client } = await directLine.start({ user: { id: 'dl_ada' } })
  await fetch(streamUrl.replace('ws:', 'http:'))
  await client.say(conversationId, 'a private message')
  running.turn = () => 500
  await client.say(conversationId, 'another private message')
  const secrets = [service.directLineSecret, running.secret, client.credential, running.tokens[0], 'private message']
  const written = lines.join('\n')
  expect(written).toContain('/stream?watermark=…&t=…')
  for (const secret of secrets) expect(written).not.toContain(secret)
  expect(written).not.toContain('eyJ')
})
