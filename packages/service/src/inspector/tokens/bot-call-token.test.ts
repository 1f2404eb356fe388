import { eventually } from 'test-support/eventually'
import { entryDetail, followEntries } from '../../../test/entry-stream.ts'
import { echo } from '../../../test/stand-in-bot.ts'
import type { Json } from '../../../test/stand-in-bot.ts'
import { addBot, useTogether } from '../../../test/start-together.ts'
import type { Together } from '../../../test/start-together.ts'
import { failedChecks } from '../../../test/token-inspection.ts'

const together = useTogether(echo)

/** What the inspector says about the token of a call. */
async function inspectCall(
  { service, directLine }: Together,
  authorization: string | undefined,
  path = '/members',
  bot?: string,
): Promise<Json> {
  const { conversationId } = await directLine.start({ user: { id: 'dl_ada' }, ...(bot ? { bot: { id: bot } } : {}) })
  const { entries } = await followEntries(service.url, { conversation: conversationId })
  const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization }
  await fetch(`${service.url}/v3/conversations/${conversationId}${path}`, { headers })
  const call = (): Json => entries.find((entry) => entry.path?.endsWith('/members'))
  await eventually(() => expect(call()).toBeDefined())
  return (await entryDetail(service.url, call().seq)).token
}

test('a token that is in order is shown without its signature, and passes every check', async () => {
  const { service, bot } = together
  const jwt = service.identity.mintAccessToken(bot.appId)
  const token = await inspectCall(together, `Bearer ${jwt}`)
  expect(token).toMatchObject({
    header: { alg: 'RS256', kid: service.identity.currentKey('tenant') },
    claims: { appid: bot.appId, aud: 'https://api.botframework.com' },
    verdict: 'accepted',
  })
  expect(token.advice).toBeUndefined()
  expect(token.checks.filter(({ passed }: Json) => passed !== true)).toEqual([])
  expect(token.checks.map(({ name }: Json) => name)).toEqual([
    'algorithm',
    'key',
    'signature',
    'issuer',
    'audience',
    'not before',
    'expiry',
    'version',
    'app',
    'conversation',
  ])
  expect(JSON.stringify(token)).not.toContain(jwt.split('.')[2])
})

test.each<[string, (together: Together) => string | undefined, string[], RegExp]>([
  ['no token', () => undefined, ['token'], /MicrosoftAppId and MicrosoftAppPassword/],
  ['another scheme', () => 'Basic abc', ['scheme', 'token'], /Authorization: Bearer/],
  ['nonsense', () => 'Bearer abc', ['token'], /token endpoint/],
  [
    'an expired one',
    ({ service, bot }) => `Bearer ${service.identity.mintAccessToken(bot.appId, { lifetimeSeconds: -3600 })}`,
    ['expiry'],
    /clocks/,
  ],
  [
    'one that is not good yet',
    ({ service, bot }) =>
      `Bearer ${service.identity.mintAccessToken(bot.appId, { claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } })}`,
    ['not before'],
    /clocks/,
  ],
  [
    'one with another scope',
    ({ service, bot }) =>
      `Bearer ${service.identity.mintAccessToken(bot.appId, { audience: 'https://graph.microsoft.com' })}`,
    ['audience'],
    /another scope/,
  ],
  [
    'one of another tenant',
    ({ service, bot }) =>
      `Bearer ${service.identity.mintAccessToken(bot.appId, { claims: { iss: 'https://sts.windows.net/other/' } })}`,
    ['issuer'],
    /MicrosoftAppTenantId/,
  ],
  [
    'one of an unknown app',
    ({ service, bot }) => `Bearer ${service.identity.mintAccessToken(bot.appId, { claims: { appid: 'nobody' } })}`,
    ['app', 'conversation'],
    /MicrosoftAppId/,
  ],
  [
    'one with another version',
    ({ service, bot }) => `Bearer ${service.identity.mintAccessToken(bot.appId, { claims: { ver: '2.0' } })}`,
    ['version'],
    /ChannelService/,
  ],
  [
    'one of the channel',
    ({ service, bot }) => `Bearer ${service.identity.mintChannelToken(bot.appId)}`,
    ['key', 'issuer', 'audience', 'version', 'app', 'conversation'],
    /ChannelService=http/,
  ],
  [
    'one that was changed',
    ({ service, bot }) => {
      const [header, , signature] = service.identity.mintAccessToken(bot.appId).split('.')
      const [, claims] = service.identity.mintAccessToken(bot.appId, { claims: { oid: 'x' } }).split('.')
      return `Bearer ${header}.${claims}.${signature}`
    },
    ['signature'],
    /ChannelService/,
  ],
])('%s is refused, and the page says which check failed and what to do', async (_, make, names, advice) => {
  const token = await inspectCall(together, make(together))
  expect(token.verdict).toBe('refused')
  expect(failedChecks(token)).toEqual(names)
  expect(token.advice).toMatch(advice)
})

test('a key that was withdrawn is told from one nobody knows', async () => {
  const { service, bot } = together
  const old = service.identity.currentKey('tenant')
  const jwt = service.identity.mintAccessToken(bot.appId)
  await service.identity.rotateKey('tenant')
  service.identity.withdrawKey('tenant', old)
  const token = await inspectCall(together, `Bearer ${jwt}`)
  expect(failedChecks(token)).toEqual(['key'])
  expect(token.checks.find(({ name }: Json) => name === 'key').detail).toMatch(/withdrawn/)
  expect(token.checks.find(({ name }: Json) => name === 'signature').passed).toBeNull()
})

test('a conversation of another bot is one it has no right to', async () => {
  await addBot(together.service, echo, 'another')
  const jwt = together.service.identity.mintAccessToken(together.bot.appId)
  const token = await inspectCall(together, `Bearer ${jwt}`, '/members', 'another')
  expect([token.verdict, failedChecks(token)]).toEqual(['refused', ['conversation']])
})

test('a refusal that was asked for is not the fault of the token', async () => {
  together.service.faults.inject({ status: 401 })
  const token = await inspectCall(together, `Bearer ${together.service.identity.mintAccessToken(together.bot.appId)}`)
  expect([token.verdict, failedChecks(token)]).toEqual(['accepted', []])
  expect(token.advice).toMatch(/asked for/)
})
