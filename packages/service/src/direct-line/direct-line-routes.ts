import { ApiError } from '../http/api-error.ts'
import type { RouteMethod, Routes } from '../http/routes.ts'
import { withKey } from '../identity/with-key.ts'
import { pollActivities, postActivity } from './activity-routes.ts'
import { reconnect, startConversation } from './conversation-routes.ts'
import { answerPreflight, withCors } from './cors.ts'
import type { DirectLineCall, DirectLineServices } from './direct-line-call.ts'
import { getSessionId } from './session-routes.ts'
import type { Streams } from './streams.ts'
import { generateToken, refreshToken } from './token-routes.ts'
import { uploadFiles } from './upload-routes.ts'

const BASE = '/v3/directline'

/** Direct Line, version 3.0: the calls clients make. Pages of allowed origins may make them too. */
export function addDirectLineRoutes(routes: Routes, services: DirectLineServices, streams: Streams): void {
  const add = (method: RouteMethod, path: string, answer: (call: DirectLineCall) => void | Promise<void>): void => {
    routes.add(
      method,
      `${BASE}${path}`,
      withCors(
        services.origins,
        withKey(services.tokens, (exchange) => answer({ exchange, services })),
      ),
    )
  }
  routes.add('OPTIONS', `${BASE}/*`, answerPreflight(services.origins))
  add('POST', '/tokens/generate', generateToken)
  add('POST', '/tokens/refresh', refreshToken)
  add('POST', '/conversations', startConversation)
  add('GET', '/conversations/:conversationId', reconnect)
  add('GET', '/conversations/:conversationId/activities', pollActivities)
  add('POST', '/conversations/:conversationId/activities', postActivity)
  add('POST', '/conversations/:conversationId/upload', uploadFiles)
  add('GET', '/conversations/:conversationId/stream', requireUpgrade)
  add('GET', '/session/getsessionid', getSessionId)
  routes.addUpgrade(`${BASE}/conversations/:conversationId/stream`, (upgrade) => streams.upgrade(upgrade))
}

function requireUpgrade(): never {
  throw new ApiError(426, 'UpgradeRequired', 'This address speaks WebSocket.', { headers: { Upgrade: 'websocket' } })
}
