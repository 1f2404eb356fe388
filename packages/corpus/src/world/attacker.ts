import { createServer } from 'node:http'
import { listen } from './local-server.ts'
import type { Listening } from './local-server.ts'
import { toJwk } from './signing-keys.ts'
import type { SigningKey } from './signing-keys.ts'

/** A server nobody should ever call: it publishes a key of its own and keeps what comes. */
export class Attacker {
  /** What came: method, path and bearer. */
  readonly requests: string[] = []
  url = ''
  private listening: Listening | undefined
  private readonly server = createServer((request, response) => {
    const { method, url, headers } = request
    this.requests.push(`${method} ${url} ${headers.authorization ?? 'without a bearer'}`)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: 'stolen', keys: [toJwk(this.key)] }))
  })
  private readonly key: SigningKey

  constructor(key: SigningKey) {
    this.key = key
  }

  async start(): Promise<void> {
    this.listening = await listen(this.server)
    this.url = `http://127.0.0.1:${this.listening.port}`
  }

  async close(): Promise<void> {
    await this.listening?.close()
  }
}
