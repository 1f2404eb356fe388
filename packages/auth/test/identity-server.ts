import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonWebKey } from 'node:crypto'

/** What a route answers: a JSON value, or full control of the response. */
type Route = object | ((request: IncomingMessage, response: ServerResponse, body: string) => void)

/** A published key: JWK with `kid`, `use` and perhaps `endorsements`. */
export type PublishedKey = JsonWebKey & { kid?: string }

export const CHANNEL_METADATA = '/v1/.well-known/openidconfiguration'
export const CHANNEL_KEYS = '/v1/.well-known/keys'
export const TENANT_METADATA = '/common/v2.0/.well-known/openid-configuration'
export const TENANT_KEYS = '/common/discovery/v2.0/keys'

/** Login, metadata and keys of both issuers on a loopback port. Any route can be replaced while it runs. */
export class IdentityServer {
  readonly routes: Map<string, Route> = new Map()
  /** Paths asked for, in order. */
  readonly requests: string[] = []
  private readonly server: Server = createServer((request, response) => this.serve(request, response))

  static async start(): Promise<IdentityServer> {
    const identity = new IdentityServer()
    await new Promise<void>((resolve) => identity.server.listen(0, '127.0.0.1', resolve))
    identity.reset()
    return identity
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  reset(): void {
    this.routes.clear()
    this.routes.set(CHANNEL_METADATA, { issuer: this.url, jwks_uri: this.url + CHANNEL_KEYS })
    this.routes.set(TENANT_METADATA, { jwks_uri: this.url + TENANT_KEYS })
    this.requests.length = 0
  }

  publish(path: string, keys: readonly PublishedKey[]): void {
    this.routes.set(path, { keys })
  }

  count(path: string): number {
    return this.requests.filter((asked) => asked === path).length
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? ''
    this.requests.push(path)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const route = this.routes.get(path)
      if (typeof route === 'function') route(request, response, Buffer.concat(chunks).toString())
      else answerJson(response, route ? 200 : 404, route ?? {})
    })
  }
}

export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
