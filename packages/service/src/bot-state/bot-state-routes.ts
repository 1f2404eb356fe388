import type { ConnectorFaults } from '../connector/faults/connector-faults.ts'
import { withFaults } from '../connector/faults/with-faults.ts'
import { requireBot } from '../connector/bot-access.ts'
import { ApiError, badArgument } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import type { Exchange } from '../http/exchange.ts'
import { MAX_BODY_CHARS, readJson } from '../http/read-body.ts'
import type { RouteMethod, Routes } from '../http/routes.ts'
import type { AccessTokens } from '../identity/access-tokens.ts'
import type { BagKey } from '../store/bag-store.ts'
import { bagTooBig } from './bot-state-bags.ts'
import type { BotStateBags } from './bot-state-bags.ts'
import { parseBotData } from './parse-bot-data.ts'

export interface BotStateServices {
  readonly bags: BotStateBags
  readonly accessTokens: AccessTokens
  readonly faults: ConnectorFaults
}

const ROOT = '/v3/botstate/:channelId'
const BAGS = [
  `${ROOT}/users/:userId`,
  `${ROOT}/conversations/:conversationId`,
  `${ROOT}/conversations/:conversationId/users/:userId`,
] as const

/** A byte may be written as `\u0000`. */
const CHARS_PER_BYTE = 6

/** The Bot State API, version 3. Every call needs the bearer token of a registered bot, and is about bags of that bot. */
export function addBotStateRoutes(routes: Routes, services: BotStateServices): void {
  const { accessTokens, faults } = services
  const forBag = (method: RouteMethod, path: string, answer: Answer): void => {
    const handler = (exchange: Exchange): void | Promise<void> => {
      const { appId: botId } = requireBot(exchange, accessTokens)
      const { channelId = '', conversationId, userId } = exchange.params
      if ([channelId, conversationId, userId].includes('')) throw badArgument('An id in the address is empty.')
      return answer({ exchange, services, key: { botId, channelId, conversationId, userId } })
    }
    routes.add(method, path, withFaults(faults, handler))
  }
  for (const path of BAGS) {
    forBag('GET', path, readBag)
    forBag('POST', path, writeBag)
  }
  forBag('DELETE', BAGS[0], deleteUser)
}

interface BagCall {
  readonly exchange: Exchange
  readonly services: BotStateServices
  readonly key: BagKey
}

type Answer = (call: BagCall) => void | Promise<void>

function readBag({ exchange, services, key }: BagCall): void {
  sendJson(exchange.response, 200, services.bags.read(key))
}

/** `If-None-Match: *` is not of the API, which has no word for a write that needs an empty bag. */
async function writeBag({ exchange, services, key }: BagCall): Promise<void> {
  const onlyIfAbsent = exchange.request.headers['if-none-match'] === '*'
  const write = parseBotData(await readBotData(exchange, services.bags.maxBagBytes))
  sendJson(exchange.response, 200, services.bags.write(key, { ...write, onlyIfAbsent }))
}

/** The answer says where the bags were that are no more. */
function deleteUser({ exchange, services, key }: BagCall): void {
  const { botId, channelId, userId = '' } = key
  sendJson(exchange.response, 200, services.bags.removeUser(botId, channelId, userId).map(pathOf))
}

async function readBotData({ request }: Exchange, maxBagBytes: number): Promise<unknown> {
  try {
    return await readJson(request, Math.max(MAX_BODY_CHARS, maxBagBytes * CHARS_PER_BYTE))
  } catch (error) {
    if (error instanceof ApiError && error.status === 413) throw bagTooBig(maxBagBytes)
    throw error
  }
}

function pathOf({ channelId, conversationId, userId }: BagKey): string {
  const parts = { conversations: conversationId, users: userId }
  const path = Object.entries(parts).flatMap(([kind, id]) => (id === undefined ? [] : [kind, encodeURIComponent(id)]))
  return ['/v3/botstate', encodeURIComponent(channelId), ...path].join('/')
}
