import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came. */
export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What is answered: a status and a body, which is JSON unless it is text. */
export interface TestAnswer {
  readonly status?: number
  readonly body?: unknown
  readonly type?: string
}

/** A service on this machine that keeps what it is asked. */
export class TestServer {
  readonly seen: SeenRequest[] = []
  answer: TestAnswer | ((request: SeenRequest) => TestAnswer) = {}
  private readonly server: Server

  private constructor(server: Server) {
    this.server = server
  }

  static async start(): Promise<TestServer> {
    const server = createServer()
    const started = new TestServer(server)
    server.on('request', (request, response) => void started.respond(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return started
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  get last(): SeenRequest {
    const last = this.seen.at(-1)
    if (!last) throw new Error('Nothing was asked.')
    return last
  }

  reset(answer: TestAnswer | ((request: SeenRequest) => TestAnswer) = {}): void {
    this.seen.length = 0
    this.answer = answer
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
    this.seen.push(seen)
    const answer = typeof this.answer === 'function' ? this.answer(seen) : this.answer
    const { status = 200, body: content = {}, type = 'application/json' } = answer
    response.writeHead(status, { 'content-type': type })
    response.end(typeof content === 'string' ? content : JSON.stringify(content))
  }
}
