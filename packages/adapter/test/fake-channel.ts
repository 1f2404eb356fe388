import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { localCloud } from '@parley/auth'
import type { Cloud } from '@parley/auth'
import type { Activity } from '@parley/core'
import jwt from 'jsonwebtoken'

const KEY_ID = 'channel-key'
const ENDORSEMENTS = ['msteams', 'webchat', 'directline', 'emulator']

/** Made once per file: making one takes longer than most tests. */
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A call the bot made to the Connector API. */
export interface ConnectorCall {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly idempotencyKey: string | undefined
  readonly body: Partial<Activity>
}

/** A channel, its identity provider and its Connector API on one local HTTP server, with real RS256 keys and tokens. */
export class FakeChannel {
  readonly appId = '7d6f6f4e-5a0a-4f7e-9d0e-2f6d1f3b8c11'
  readonly appPassword = 'correct horse battery staple'
  readonly calls: ConnectorCall[] = []
  /** Status the Connector API answers with. */
  connectorStatus = 200
  /** Whether the Connector API takes calls with one idempotency key once. */
  honoursKeys = false
  /** Called with each call the Connector API took, before it is answered. */
  onCall: (call: ConnectorCall) => void | Promise<void> = () => {}
  url = ''
  private readonly server: Server = createServer((request, response) => void this.answer(request, response))
  private readonly idsByKey = new Map<string, string>()
  private nextId = 0

  static async start(): Promise<FakeChannel> {
    const channel = new FakeChannel()
    await new Promise<void>((resolve) => channel.server.listen(0, '127.0.0.1', resolve))
    channel.url = `http://127.0.0.1:${(channel.server.address() as AddressInfo).port}`
    return channel
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  get cloud(): Cloud {
    return localCloud(this.url)
  }

  /** A token as this channel sends it with an activity. */
  token(claims: Record<string, unknown> = {}): string {
    const payload = { iss: this.url, aud: this.appId, serviceurl: this.url, ...claims }
    return jwt.sign(payload, keys.privateKey, { algorithm: 'RS256', keyid: KEY_ID, expiresIn: '1h', notBefore: 0 })
  }

  /** A message of a user, with an id of its own. */
  message(fields: Partial<Activity> = {}): Partial<Activity> {
    this.nextId += 1
    return {
      type: 'message',
      id: `activity-${this.nextId}`,
      channelId: 'webchat',
      serviceUrl: this.url,
      from: { id: 'user', name: 'Ann' },
      recipient: { id: 'bot', name: 'Bot' },
      conversation: { id: 'conversation' } as Activity['conversation'],
      text: 'hi',
      ...fields,
    }
  }

  /** Texts the bot has sent, in order. */
  get texts(): (string | undefined)[] {
    return this.calls.map(({ body }) => body.text)
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const path = request.url ?? ''
    if (path === '/v1/.well-known/openidconfiguration') return json(response, 200, this.metadata())
    if (path === '/v1/.well-known/keys') return json(response, 200, this.keySet())
    if (path.endsWith('/oauth2/v2.0/token')) return this.giveToken(body, response)
    const key = request.headers['idempotency-key'] as string | undefined
    const earlier = key === undefined || !this.honoursKeys ? undefined : this.idsByKey.get(key)
    if (earlier !== undefined) return json(response, 200, { id: earlier })
    const call: ConnectorCall = {
      method: request.method ?? '',
      path,
      authorization: request.headers.authorization,
      idempotencyKey: key,
      body: body === '' ? {} : (JSON.parse(body) as Partial<Activity>),
    }
    this.calls.push(call)
    const id = `sent-${this.calls.length}`
    if (key !== undefined) this.idsByKey.set(key, id)
    await this.onCall(call)
    if (path === '/v3/conversations') return json(response, 201, { id: 'created', activityId: id })
    json(
      response,
      this.connectorStatus,
      this.connectorStatus < 300 ? { id } : { error: { code: 'Refused', message: 'no' } },
    )
  }

  private giveToken(body: string, response: ServerResponse): void {
    const form = new URLSearchParams(body)
    if (form.get('client_secret') !== this.appPassword) return json(response, 401, { error: 'invalid_client' })
    json(response, 200, { token_type: 'Bearer', expires_in: 3599, access_token: 'a-token-for-the-connector' })
  }

  private metadata(): object {
    return {
      issuer: this.url,
      jwks_uri: `${this.url}/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    }
  }

  private keySet(): object {
    const jwk = keys.publicKey.export({ format: 'jwk' })
    return { keys: [{ ...jwk, kid: KEY_ID, use: 'sig', endorsements: ENDORSEMENTS }] }
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function json(response: ServerResponse, status: number, value: object): void {
  // Not chained: restify replaces writeHead for every response of the process, with one that returns nothing.
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(value))
}
