import { createPublicKey } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import jwt from 'jsonwebtoken'
import type { BotRegistration, Service } from '@parley/service'

/** JSON as the tests look at it. */
// eslint-disable-next-line typescript/no-explicit-any -- tests read answers of every shape
export type Json = any

/** What a bot does with an activity; the status it returns is its answer, 200 by default. */
export type BotTurn = (activity: Json, bot: StandInBot) => void | number | Promise<void | number>

/** A small bot on node:http: checks the service's token as a real one does, and answers through the Connector API. */
export class StandInBot {
  readonly appId: string
  readonly secret: string
  /** Activities whose token was in order, in the order they came. */
  readonly received: Json[] = []
  /** Tokens as they came, in order or not. */
  readonly tokens: string[] = []
  turn: BotTurn
  /** Body of the next answer, to an invoke. */
  answerBody: string | undefined
  /** The app id the bot believes to have; another one makes it refuse the service's tokens. */
  expectedAppId: string
  private service: Service | undefined
  private accessToken: string | undefined
  private server: Server | undefined
  private port = 0

  constructor(turn: BotTurn = () => {}, appId = '2f1b9a55-7f0f-4c39-9c3b-0d4a8d0f6a11', secret = 'the-bots-secret') {
    this.turn = turn
    this.appId = appId
    this.expectedAppId = appId
    this.secret = secret
  }

  /** Starts listening; a second start takes the same port again. */
  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      this.answer(request).then(
        (status) => {
          // In two steps: restify, in the process of some tests, makes writeHead return nothing.
          response.writeHead(status)
          response.end(this.answerBody)
          this.answerBody = undefined
        },
        () => {
          response.writeHead(500)
          response.end()
        },
      )
    })
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server?.close(() => resolve())
      this.server?.closeAllConnections()
    })
  }

  get registration(): BotRegistration {
    const endpoint = `http://127.0.0.1:${this.port}/api/messages`
    return { appId: this.appId, secret: this.secret, endpoint, name: 'Echo' }
  }

  /** Whose tokens the bot checks, and where it gets its own: that of an earlier service is worth nothing there. */
  connect(service: Service): void {
    this.service = service
    this.accessToken = undefined
  }

  /** Calls the Connector API with the bot's own token. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: Json }> {
    const { url } = this.connected()
    this.accessToken ??= (await requestToken(url, this.appId, this.secret)).body.access_token
    const response = await fetch(`${url}/v3/conversations${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.accessToken}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  /** Answers an activity. */
  async reply(activity: Json, answer: Json): Promise<string> {
    const path = `/${encodeURIComponent(activity.conversation.id)}/activities/${encodeURIComponent(activity.id)}`
    const { status, body } = await this.call('POST', path, answer)
    if (status !== 200) throw new Error(`The service answered ${status} ${body?.error?.code}.`)
    return body.id
  }

  private async answer(request: IncomingMessage): Promise<number> {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const activity: Json = JSON.parse(text)
    this.tokens.push(token)
    if (!(await this.isInOrder(token, activity))) return 401
    this.received.push(activity)
    return (await this.turn(activity, this)) ?? 200
  }

  private async isInOrder(token: string, activity: Json): Promise<boolean> {
    const { url, issuer } = this.connected()
    const metadata: Json = await (await fetch(`${url}/v1/.well-known/openidconfiguration`)).json()
    const { keys }: Json = await (await fetch(metadata.jwks_uri)).json()
    const key = keys.find(({ kid }: Json) => kid === jwt.decode(token, { complete: true })?.header.kid)
    if (!key?.endorsements.includes(activity.channelId)) return false
    try {
      const publicKey = createPublicKey({ key: key as JsonWebKey, format: 'jwk' })
      const claims: Json = jwt.verify(token, publicKey, { algorithms: ['RS256'], audience: this.expectedAppId, issuer })
      return claims.serviceurl === activity.serviceUrl
    } catch {
      return false
    }
  }

  private connected(): Service {
    if (!this.service) throw new Error('Connect the bot to a service first.')
    return this.service
  }
}

/** Asks the identity provider for a token. */
export async function requestToken(
  serviceUrl: string,
  appId: string,
  secret: string,
  { tenant = 'botframework.com', fields = {} }: { tenant?: string; fields?: Record<string, string> } = {},
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${serviceUrl}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: secret,
      scope: 'https://api.botframework.com/.default',
      ...fields,
    }),
  })
  return { status: response.status, body: await response.json() }
}

/** Says `Echo: …` to messages, and greets everybody who joins but itself. */
export const echo: BotTurn = async (activity, bot) => {
  if (activity.type === 'message') await bot.reply(activity, { type: 'message', text: `Echo: ${activity.text}` })
  const newcomers = (activity.membersAdded ?? []).filter(({ id }: Json) => id !== activity.recipient.id)
  if (newcomers.length > 0) await bot.reply(activity, { type: 'message', text: 'Welcome!' })
}
