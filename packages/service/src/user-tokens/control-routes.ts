import type { BotRegistry } from '../bots/bot-registry.ts'
import { answerPreflight, withCors } from '../direct-line/cors.ts'
import type { DirectLineAccess } from '../direct-line/direct-line-access.ts'
import { chooseBot } from '../direct-line/direct-line-call.ts'
import { badArgument, missingProperty } from '../http/api-error.ts'
import { sendJson } from '../http/exchange.ts'
import type { RouteHandler } from '../http/exchange.ts'
import { orBadArgument, readFields, textIn } from '../http/json-fields.ts'
import type { Fields } from '../http/json-fields.ts'
import type { OriginPolicy } from '../http/origin-policy.ts'
import type { Routes } from '../http/routes.ts'
import { parseSignInUser } from './sign-in-user.ts'
import type { SignInUser } from './sign-in-user.ts'
import type { UserTokenControls, UserTokenOwner } from './user-token-controls.ts'

export interface ControlRoutesServices {
  readonly controls: UserTokenControls
  readonly access: DirectLineAccess
  readonly bots: BotRegistry
  readonly origins: OriginPolicy
}

/**
 * The controls for programs in other processes, which need the Direct Line secret. Single sign-on tokens are also given for the
 * Direct Line token of a client: in the cloud a page gets them from its own identity provider.
 */
export function addControlRoutes(routes: Routes, services: ControlRoutesServices): void {
  const { controls, access, origins } = services
  const add = (name: string, answer: (owner: UserTokenOwner, fields: Fields) => unknown): void => {
    routes.add('POST', `/dev/user-tokens/${name}`, async (exchange) => {
      access.requireSecret(exchange)
      const fields = await readFields(exchange)
      const owner = parseOwner(fields, services.bots)
      sendJson(
        exchange.response,
        200,
        orBadArgument(() => answer(owner, fields)),
      )
    })
  }
  add('sign-in', (owner, fields) => controls.signIn(owner, parseUser(fields)))
  add('expire', (owner) => ({ count: controls.expire(owner) }))
  add('revoke', (owner) => ({ count: controls.revoke(owner) }))
  routes.add('OPTIONS', '/dev/sso-token', answerPreflight(origins))
  routes.add('POST', '/dev/sso-token', withCors(origins, giveSsoToken(services)))
}

function giveSsoToken({ controls, access, bots }: ControlRoutesServices): RouteHandler {
  return async (exchange) => {
    const grant = access.authorize(exchange)
    const fields = await readFields(exchange)
    const appId = grant.kind === 'token' ? grant.claims.botId : chooseBot(bots, textIn(fields, 'appId')).appId
    const connectionName = textIn(fields, 'connectionName')
    const { lifetimeSeconds } = fields
    const options = typeof lifetimeSeconds === 'number' ? { lifetimeSeconds } : {}
    const place = { appId, ...(connectionName === undefined ? {} : { connectionName }) }
    const token = orBadArgument(() => controls.mintSsoToken(place, parseUser(fields), options))
    sendJson(exchange.response, 200, { token })
  }
}

function parseOwner(fields: Fields, bots: BotRegistry): UserTokenOwner {
  const userId = textIn(fields, 'userId')
  if (userId === undefined) throw missingProperty('userId')
  const connectionName = textIn(fields, 'connectionName')
  const channelId = textIn(fields, 'channelId')
  return {
    appId: chooseBot(bots, textIn(fields, 'appId')).appId,
    userId,
    ...(connectionName === undefined ? {} : { connectionName }),
    ...(channelId === undefined ? {} : { channelId }),
  }
}

function parseUser({ user }: Fields): SignInUser | undefined {
  if (user === undefined || user === null) return undefined
  const { name, upn } = user as Fields
  const parsed = parseSignInUser(name, upn)
  if (!parsed) throw badArgument('user must have a upn, such as somebody@example.com, and may have a name.')
  return parsed
}
