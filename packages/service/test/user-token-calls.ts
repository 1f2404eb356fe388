import type { Service } from '@parley/service'
import type { Json, StandInBot } from './stand-in-bot.ts'

/** An answer of the user token service; the body is JSON, or text. */
export interface UserTokenAnswer {
  readonly status: number
  readonly body: Json
}

/** Calls the user token service as the bot, or with another bearer. */
export async function callUserTokens(
  service: Service,
  bot: StandInBot,
  path: string,
  {
    method = 'GET',
    body,
    bearer = service.identity.mintAccessToken(bot.appId),
  }: { method?: string; body?: unknown; bearer?: string } = {},
): Promise<UserTokenAnswer> {
  const response = await fetch(`${service.url}/api/${path}`, {
    method,
    headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  return { status: response.status, body: isJson ? JSON.parse(text) : text }
}

/** What a bot says about the sign-in it asks for, as the SDKs encode it. */
export function signInState(
  bot: StandInBot,
  {
    conversationId = 'elsewhere',
    userId = 'dl_ada',
    channelId = 'directline',
    connectionName = 'local',
    ...more
  }: Json = {},
): string {
  const conversation = {
    activityId: 'a1',
    user: { id: userId, name: 'Ada' },
    bot: { id: 'bot' },
    conversation: { id: conversationId },
    channelId,
    serviceUrl: 'http://localhost/',
  }
  return Buffer.from(JSON.stringify({ connectionName, conversation, msAppId: bot.appId, ...more })).toString('base64')
}

/** Asks for a sign-in and gives its link. */
export async function signInLink(
  service: Service,
  bot: StandInBot,
  place: Json = {},
  extra: Record<string, string> = {},
): Promise<string> {
  const query = new URLSearchParams({ state: signInState(bot, place), ...extra })
  const { status, body } = await callUserTokens(service, bot, `botsignin/GetSignInResource?${query.toString()}`)
  if (status !== 200) throw new Error(`The service answered ${status} ${JSON.stringify(body)}.`)
  return body.signInLink
}
