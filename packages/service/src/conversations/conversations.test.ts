import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { silentLogger } from '@parley/core'
import { BotClient } from '../bots/bot-client.ts'
import { BotHealth } from '../bots/bot-health.ts'
import { BotRegistry } from '../bots/bot-registry.ts'
import { resolveBot } from '../bots/bot-registration.ts'
import { ServiceEvents } from '../bots/service-events.ts'
import { systemClock } from '../clock.ts'
import { MemoryConversationStore } from '../store/memory-conversation-store.ts'
import { DEFAULT_RETENTION } from '../store/retention.ts'
import { BotSends } from './bot-sends.ts'
import { ClientTurns } from './client-turns.ts'
import { ConversationFeed } from './conversation-feed.ts'
import { Conversations } from './conversations.ts'
import type { WireActivity } from './wire-activity.ts'

/** A store whose disk can be full. */
class FullStore extends MemoryConversationStore {
  isFull = false

  override append(id: string, activity: WireActivity, options?: { readonly transient?: boolean }): void {
    if (this.isFull) throw new Error('The disk is full.')
    super.append(id, activity, options)
  }
}

const bot = resolveBot({ appId: 'app', secret: 'secret', endpoint: 'http://127.0.0.1:9/' }, 'bot')
const store = new FullStore(systemClock, DEFAULT_RETENTION)
const feed = new ConversationFeed()
const conversations = new Conversations({ store, feed, clock: systemClock, serviceUrl: 'http://localhost/' })

const texts = (id: string): unknown[] =>
  store.readChanges(id, 0, { transient: true }).changes.map(({ activity }) => activity['text'])

test('clients hear of changes that belong together once, when all are done', () => {
  const { id } = conversations.open({ bot, channelId: 'directline' })
  const seen: unknown[][] = []
  feed.follow(id, () => seen.push(texts(id)))
  conversations.atomically(() => {
    conversations.append(id, { type: 'message', id: '1', text: 'one' }, { transient: false })
    conversations.atomically(() => {
      conversations.append(id, { type: 'message', id: '2', text: 'two' }, { transient: false })
    })
    expect(seen).toEqual([])
  })
  expect(seen).toEqual([['one', 'two']])
})

test('clients hear nothing of changes that were undone, and of the next ones at once', () => {
  const { id } = conversations.open({ bot, channelId: 'directline' })
  const seen: unknown[][] = []
  const work = (): void => {
    conversations.append(id, { type: 'message', id: '1', text: 'one' }, { transient: false })
    throw new Error('not today')
  }
  feed.follow(id, () => seen.push(texts(id)))
  expect(() => conversations.atomically(work)).toThrow('not today')
  expect(seen).toEqual([])
  conversations.append(id, { type: 'message', id: '2', text: 'two' }, { transient: false })
  expect(seen).toHaveLength(1)
})

test('a message that could not be written when the bot answered it is written before it is acknowledged', async () => {
  const sayAndAnswer = (): void => {
    store.isFull = true
    expect(() => sends.send(conversation, registered, { type: 'message', text: 'an answer' })).toThrow('full')
    store.isFull = false
  }
  const host = createServer((request, response) => {
    sayAndAnswer()
    request.resume().on('end', () => response.end())
  })
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`
  const registered = resolveBot({ appId: 'app', secret: 'secret', endpoint }, 'bot')
  const client = new BotClient({ timeoutMs: 5_000, tokenFor: async () => 'a token nobody checks' })
  const events = new ServiceEvents(silentLogger)
  const health = new BotHealth({ events, isAwaited: () => false, onReachable: () => {} })
  const bots = new BotRegistry()
  const turns = new ClientTurns({ conversations, bots, client, health, logger: silentLogger })
  const sends = new BotSends({ conversations, turns, strict: false })
  const conversation = conversations.open({ bot: registered, channelId: 'directline' })
  conversations.change(conversation.id, { userIntroduced: true })
  const said = await turns.post(
    { ...conversation, userIntroduced: true },
    registered,
    { type: 'message', text: 'hello' },
    { id: 'ada' },
  )
  expect(said.kind).toBe('posted')
  expect(texts(conversation.id)).toEqual(['hello'])
  health.close()
  client.close()
  await turns.close()
  await new Promise((resolve) => host.close(resolve))
})
