import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { randomBytes } from 'node:crypto'
import { listen } from './local-server.ts'
import type { Listening } from './local-server.ts'
import { readText } from './read-text.ts'
import { giveAnswer, Script } from './scripted-answers.ts'
import type { ScriptedAnswer } from './scripted-answers.ts'
import { toJwk } from './signing-keys.ts'
import type { SigningKey, SigningKeys } from './signing-keys.ts'

/** Clouds whose keys the identity side publishes; the paths begin with these names. */
export type Realm = 'public' | 'government' | 'unendorsed'

/** What the identity side does instead of its duty, call by call. */
export interface IdentityScripts {
  readonly metadata?: readonly ScriptedAnswer[] | undefined
  readonly keys?: readonly ScriptedAnswer[] | undefined
  readonly token?: readonly ScriptedAnswer[] | undefined
}

/** How often each of its doors was knocked at. */
export interface IdentityCalls {
  metadata: number
  keys: number
  token: number
}

/** Channels the keys of the channel service are endorsed for. */
export const ENDORSEMENTS: readonly string[] = ['msteams', 'webchat', 'directline', 'emulator', 'test']

/** Lifetime of the tokens given to bots, in seconds. */
const TOKEN_SECONDS = 3599

/** Metadata, keys and tokens of the channel service and of the tenants' issuer, on one loopback port. */
export class Identity {
  readonly calls: IdentityCalls = { metadata: 0, keys: 0, token: 0 }
  /** Tokens given to bots. */
  readonly issued: string[] = []
  /** Keys of the channel service; may be changed while it runs. */
  channelKeys: readonly (SigningKey & { readonly extra?: object })[]
  url = ''
  private listening: Listening | undefined
  private readonly server = createServer((request, response) => void this.answer(request, response))
  private readonly appPassword: string
  private readonly tenantKeys: readonly SigningKey[]
  private readonly fill: (text: string) => string
  private scripts: Readonly<Record<keyof IdentityCalls, Script>> = scriptsOf({})

  constructor(keys: SigningKeys, appPassword: string, fill: (text: string) => string) {
    this.appPassword = appPassword
    this.fill = fill
    this.tenantKeys = [keys.tenant]
    this.channelKeys = [
      { ...keys.channel, extra: { endorsements: ENDORSEMENTS } },
      { ...keys.channelOther, extra: { endorsements: ['slack'] } },
      keys.channelBare,
    ]
  }

  async start(port?: number): Promise<void> {
    this.listening = await listen(this.server, port)
    this.url = `http://127.0.0.1:${this.listening.port}`
  }

  /** Follows other scripts from now on. */
  script(scripts: IdentityScripts): void {
    this.scripts = scriptsOf(scripts)
  }

  async close(): Promise<void> {
    await this.listening?.close()
  }

  /** Address of the metadata that leads to the keys of a side of a realm. */
  metadataUrl(realm: Realm, side: 'channel' | 'tenant'): string {
    return `${this.url}/${realm}/${side}/.well-known/openid-configuration`
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request)
    const [, realm = '', side = '', ...rest] = (request.url ?? '').split('/')
    const document = rest.join('/')
    if (document === '.well-known/openid-configuration') {
      return this.give('metadata', response, () => json(response, this.metadata(realm, side)))
    }
    if (document === 'keys') return this.give('keys', response, () => json(response, this.keySet(realm, side)))
    if ((request.url ?? '').endsWith('/oauth2/v2.0/token')) {
      return this.give('token', response, () => this.giveToken(body, response))
    }
    json(response, { error: 'no such document' }, 404)
  }

  private give(door: keyof IdentityCalls, response: ServerResponse, ok: () => void): void {
    this.calls[door] += 1
    const answer = this.scripts[door].take()
    if (answer === 'ok') ok()
    else giveAnswer(answer, response, this.fill)
  }

  private metadata(realm: string, side: string): object {
    return {
      issuer: side === 'channel' ? 'https://api.botframework.com' : 'https://sts.windows.net/{tenantid}/',
      jwks_uri: `${this.url}/${realm}/${side}/keys`,
      authorization_endpoint: 'https://invalid.botframework.com',
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    }
  }

  private keySet(realm: string, side: string): object {
    if (side === 'tenant') return { keys: this.tenantKeys.map((key) => toJwk(key)) }
    return { keys: this.channelKeys.map((key) => toJwk(key, realm === 'unendorsed' ? {} : key.extra)) }
  }

  private giveToken(form: string, response: ServerResponse): void {
    if (new URLSearchParams(form).get('client_secret') !== this.appPassword) {
      return json(response, { error: 'invalid_client', error_description: 'AADSTS7000215: wrong secret' }, 401)
    }
    const token = `outbound.${randomBytes(24).toString('base64url')}.${this.issued.length + 1}`
    this.issued.push(token)
    json(response, { token_type: 'Bearer', expires_in: TOKEN_SECONDS, access_token: token })
  }
}

function scriptsOf({ metadata, keys, token }: IdentityScripts): Readonly<Record<keyof IdentityCalls, Script>> {
  return { metadata: new Script(metadata), keys: new Script(keys), token: new Script(token) }
}

function json(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}
