import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { silentLogger } from '@parley/core'
import type { Json } from '../../test/stand-in-bot.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import { resolveBot } from '../bots/bot-registration.ts'
import { BotClient } from '../bots/bot-client.ts'
import { BotHealth } from '../bots/bot-health.ts'
import { BotRegistry } from '../bots/bot-registry.ts'
import { ServiceEvents } from '../bots/service-events.ts'
import { systemClock } from '../clock.ts'
import { ClientTurns } from '../conversations/client-turns.ts'
import { ConversationFeed } from '../conversations/conversation-feed.ts'
import { Conversations } from '../conversations/conversations.ts'
import { KeyRing } from '../identity/key-ring.ts'
import { MemoryConversationStore } from '../store/memory-conversation-store.ts'
import { MemoryKeptRecords } from '../store/memory-kept-records.ts'
import { DEFAULT_RETENTION } from '../store/retention.ts'
import { UserTokenIssuer } from '../user-tokens/user-token-issuer.ts'
import { UserTokens } from '../user-tokens/user-tokens.ts'
import { deliverDenial, deliverSignIn } from './deliver-sign-in.ts'
import type { SignInDeliveryServices } from './deliver-sign-in.ts'
import type { SignIn } from './sign-ins.ts'

/** A bot that notes what it gets and answers as told. */
let host: Server
let received: Json[]
let answer: (activity: Json) => number
let bot: RegisteredBot
let client: BotClient
let health: BotHealth
let services: SignInDeliveryServices

const ADA = { id: '29:ada', name: 'Ada' }
const MEI = { name: 'Mei Tanaka', upn: 'mei.tanaka@example.com' }

beforeEach(async () => {
  received = []
  host = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const activity: Json = JSON.parse(text)
      received.push(activity)
      response.writeHead(answer(activity)).end()
    })
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`
  bot = resolveBot({ appId: 'app', secret: 'secret', endpoint }, 'bot')
  const store = new MemoryConversationStore(systemClock, DEFAULT_RETENTION)
  const feed = new ConversationFeed()
  const conversations = new Conversations({ store, feed, clock: systemClock, serviceUrl: 'http://localhost/' })
  client = new BotClient({ timeoutMs: 5_000, tokenFor: async () => 'a token nobody checks' })
  const events = new ServiceEvents(silentLogger)
  health = new BotHealth({ events, isAwaited: () => false, onReachable: () => {} })
  const turns = new ClientTurns({ conversations, bots: new BotRegistry(), client, health, logger: silentLogger })
  const issuer = new UserTokenIssuer({
    keys: new KeyRing(),
    issuer: 'http://localhost/users',
    clock: systemClock,
  })
  const tokens = new UserTokens({ records: new MemoryKeptRecords(systemClock), issuer, clock: systemClock })
  services = { conversations, turns, tokens }
})

afterEach(async () => {
  health.close()
  client.close()
  await new Promise((resolve) => host.close(resolve))
})

/** A sign-in from a chat in Teams. */
function signInFromTeams(): SignIn {
  const { id } = services.conversations.open({ bot, channelId: 'msteams', user: ADA })
  services.conversations.change(id, { userIntroduced: true })
  return {
    botId: bot.appId,
    connectionName: 'local',
    channelId: 'msteams',
    conversationId: id,
    user: ADA,
    formSecret: 'x',
    openUntil: 0,
    isUsed: true,
  }
}

const query = { userId: ADA.id, connectionName: 'local', channelId: 'msteams' }

const allow = (signIn: SignIn): ReturnType<typeof deliverSignIn> => {
  const [connection] = bot.connections
  if (!connection) throw new Error('The bot has a connection.')
  return deliverSignIn({ bot, connection, signIn, user: MEI, isSameBrowser: false }, services)
}

test('Teams brings the code to the bot by itself, as an invoke', async () => {
  const redeemed: unknown[] = []
  answer = ({ value }) => {
    redeemed.push(services.tokens.redeem(bot, query, value.state))
    return 200
  }
  expect(await allow(signInFromTeams())).toEqual({ kind: 'told' })
  expect(received).toEqual([
    expect.objectContaining({ type: 'invoke', name: 'signin/verifyState', from: { ...ADA, role: 'user' } }),
  ])
  expect(received[0].value).toEqual({ state: expect.stringMatching(/^\d{6}$/) })
  expect(redeemed).toEqual([expect.objectContaining({ token: expect.any(String) })])
})

test.each([404, 500, 412])(
  'when the bot answers the code of Teams with %i, the page says so and nobody is signed in',
  async (status) => {
    answer = () => status
    expect(await allow(signInFromTeams())).toEqual({
      kind: 'not-told',
      problem: expect.stringContaining(String(status)),
    })
    expect(services.tokens.find(bot, query)).toBeUndefined()
  },
)

test('Teams tells the bot that the user did not allow it', async () => {
  answer = () => 200
  await deliverDenial(bot, signInFromTeams(), services)
  expect(received).toEqual([
    expect.objectContaining({ name: 'signin/failure', value: { code: 'access_denied', message: expect.any(String) } }),
  ])
})

test('the language and the conversation the chat is about are passed on', async () => {
  answer = () => 200
  const signIn = { ...signInFromTeams(), relatesTo: { conversation: { id: 'other' } } }
  services.conversations.change(signIn.conversationId, { locale: 'de' })
  await allow(signIn)
  expect(received[0]).toMatchObject({ locale: 'de', relatesTo: signIn.relatesTo })
})
