import jwt from 'jsonwebtoken'
import { echo, requestToken } from '../../test/stand-in-bot.ts'
import { startTogether, stopAll } from '../../test/start-together.ts'

afterEach(stopAll)

const kidOf = (token = ''): string | undefined => jwt.decode(token, { complete: true })?.header.kid

test('the same channel token is sent for most of its life, and then a new one', async () => {
  const { bot, clock, directLine } = await startTogether(echo)
  const { conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } })
  await client.say(conversationId, 'one')
  expect(new Set(bot.tokens).size).toBe(1)
  clock.advance(54 * 60_000)
  await directLine.say(conversationId, 'two')
  expect(new Set(bot.tokens).size).toBe(1)
  clock.advance(2 * 60_000)
  await directLine.say(conversationId, 'three')
  expect(new Set(bot.tokens).size).toBe(2)
})

test('a rotated channel key signs at once, and the old one stays published until it is withdrawn', async () => {
  const { service, bot, directLine } = await startTogether(echo)
  const { conversationId, client } = await directLine.start()
  await client.say(conversationId, 'one')
  const before = service.identity.currentKey('channel')
  const after = await service.identity.rotateKey('channel')
  expect((await client.say(conversationId, 'two')).status).toBe(200)
  expect(kidOf(bot.tokens[0])).toBe(before)
  expect(kidOf(bot.tokens.at(-1))).toBe(after)
  const kids = async (): Promise<string[]> => {
    const { keys } = (await (await fetch(`${service.url}/v1/.well-known/keys`)).json()) as { keys: { kid: string }[] }
    return keys.map(({ kid }) => kid)
  }
  expect(await kids()).toEqual([after, before])
  expect(service.identity.withdrawKey('channel', before)).toBe(true)
  expect(await kids()).toEqual([after])
})

test('withdrawing the signing key hands over to the one before it', async () => {
  const { service, bot, directLine } = await startTogether(echo)
  const first = service.identity.currentKey('channel')
  const second = await service.identity.rotateKey('channel')
  const { conversationId } = await directLine.start()
  await directLine.say(conversationId, 'one')
  service.identity.withdrawKey('channel', second)
  await directLine.say(conversationId, 'two')
  expect(kidOf(bot.tokens.at(-1))).toBe(first)
  expect(bot.received.map(({ text }) => text)).toContain('two')
})

test('the last key and unknown keys cannot be withdrawn', async () => {
  const { service } = await startTogether()
  expect(service.identity.withdrawKey('tenant', service.identity.currentKey('tenant'))).toBe(false)
  expect(service.identity.withdrawKey('tenant', 'no-such-key')).toBe(false)
})

test('access tokens survive a rotation, and end with the withdrawal of their key', async () => {
  const { service, bot, directLine } = await startTogether()
  const { conversationId } = await directLine.start()
  const send = async (): Promise<number> => (await bot.call('GET', `/${conversationId}/members`)).status
  expect(await send()).toBe(200)
  const old = service.identity.currentKey('tenant')
  await service.identity.rotateKey('tenant')
  expect(await send()).toBe(200)
  service.identity.withdrawKey('tenant', old)
  expect(await send()).toBe(401)
  expect((await requestToken(service.url, bot.appId, bot.secret)).status).toBe(200)
})

test('tokens for a bot that is not registered cannot be minted', async () => {
  const { service } = await startTogether()
  expect(() => service.identity.mintChannelToken('nobody')).toThrow(RangeError)
})
