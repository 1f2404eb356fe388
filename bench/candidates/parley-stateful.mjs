/**
 * A bot that thinks for a while and counts the turns of a conversation. State is in memory: what it knows ends with it, but
 * for its turns when it gets a folder for them.
 */
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { CloudAdapter } from '@parley/adapter'
import { applyServerLimits, createRestifyHandler } from '@parley/adapter/restify'
import { localCloud } from '@parley/auth'
import { ConversationState, FileStorage, MemoryStorage } from '@parley/state'
import { peersFolder } from './index.mjs'
import { listen } from '../process/listen.mjs'

const restify = createRequire(peersFolder)('restify')

const THINKS_MS = 5

/**
 * @param {import('../world/world.d.ts').World & { port?: number, turnFolder?: string }} world - `port`: where it listened
 * before.
 */
export function start({ origin, appId, appPassword, port, turnFolder }) {
  const turnStorage = turnFolder === undefined ? undefined : new FileStorage(turnFolder)
  const adapter = new CloudAdapter({ appId, appPassword, cloud: localCloud(origin), turnStorage })
  const conversations = new ConversationState(new MemoryStorage())
  const turns = conversations.createProperty('turns')
  const server = restify.createServer()
  server.post(
    '/api/messages',
    createRestifyHandler(adapter, async (context) => {
      await turns.set(context, (await turns.get(context, 0)) + 1)
      await sleep(THINKS_MS)
      await context.sendActivity(`Echo: ${context.activity.text}`)
      await conversations.saveChanges(context)
    }),
  )
  applyServerLimits(server.server)
  return listen(server, port)
}
