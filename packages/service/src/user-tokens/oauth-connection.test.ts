import { resolveBot } from '../bots/bot-registration.ts'
import type { OAuthConnectionOptions } from './oauth-connection.ts'

const registration = { appId: 'app', secret: 'secret', endpoint: 'http://127.0.0.1:9/' }

test('a bot that names none has one connection that works', () => {
  expect(resolveBot(registration, 'bot').connections).toEqual([
    {
      name: 'local',
      displayName: 'local',
      resource: undefined,
      scopes: ['openid', 'profile', 'email'],
      tokenLifetimeSeconds: 3600,
      exchangeUri: 'api://botid-app',
      requiresConsent: false,
    },
  ])
})

test('a bot that names no connection at all has none', () => {
  expect(resolveBot({ ...registration, connections: [] }, 'bot').connections).toEqual([])
})

const wrong = (fields: object): OAuthConnectionOptions[] => [{ name: 'a', ...fields } as OAuthConnectionOptions]

test.each<[unknown, string]>([
  [{}, 'bot.connections'],
  [[null], 'bot.connections[0]'],
  [[{ name: 'a' }, { name: 'a' }], 'bot.connections'],
  [wrong({ name: '' }), 'bot.connections[0].name'],
  [wrong({ name: 'a,b' }), 'bot.connections[0].name'],
  [wrong({ name: 'x'.repeat(257) }), 'bot.connections[0].name'],
  [wrong({ displayName: 1 }), 'bot.connections[0].displayName'],
  [wrong({ resource: '' }), 'bot.connections[0].resource'],
  [wrong({ scopes: ['two words'] }), 'bot.connections[0].scopes'],
  [wrong({ scopes: 'openid' }), 'bot.connections[0].scopes'],
  [wrong({ tokenLifetimeSeconds: 0 }), 'bot.connections[0].tokenLifetimeSeconds'],
  [wrong({ exchangeUri: true }), 'bot.connections[0].exchangeUri'],
  [wrong({ exchangeUri: 'api://x', resource: 'api://x' }), 'bot.connections[0].exchangeUri'],
  [wrong({ requiresConsent: 'yes' }), 'bot.connections[0].requiresConsent'],
])('%j is refused, and the part named', (connections, option) => {
  const attempt = (): unknown =>
    resolveBot({ ...registration, connections: connections as OAuthConnectionOptions[] }, 'bot')
  expect(attempt).toThrow(expect.objectContaining({ code: 'SERVICE_OPTION', option }))
})
