import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConnectorFactory } from '@parley/connector'
import { TurnContext } from '@parley/core'
import type { Activity } from '@parley/core'
import { TestAdapter } from '@parley/testing'

/** The connector of Teams on loopback, answering everything alike. */
export interface FakeTeams {
  /** Verb, path and body of each request. */
  readonly received: string[]
  /** A turn whose adapter has a client for it. */
  context(activity?: Partial<Activity>): TurnContext
  answerWith(status: number, body?: unknown): void
  close(): Promise<void>
}

export async function startTeams(): Promise<FakeTeams> {
  const received: string[] = []
  let answer: [number, string] = [200, '{}']
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      received.push(`${request.method} ${request.url}${body && ` ${body}`}`)
      response.writeHead(answer[0], { 'content-type': 'application/json' }).end(answer[1])
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const tokens = { getToken: async () => 'token', forget: () => {} }
  const factory = new ConnectorFactory({ tokens, allowLoopback: true })
  return {
    received,
    context: (activity) => {
      const context = contextOf({ serviceUrl, ...activity })
      context.turnState.set(context.adapter.ConnectorClientKey, factory.create(serviceUrl, 'audience'))
      return context
    },
    answerWith: (status, body) => {
      answer = [status, body === undefined ? '' : JSON.stringify(body)]
    },
    close: () => {
      factory.close()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** A turn without a connector client. */
export function contextOf(activity: Partial<Activity> = {}, adapter: TestAdapter = new TestAdapter()): TurnContext {
  const conversation = { id: 'chat/1' } as Activity['conversation']
  const from = { id: '29:user', name: 'User', aadObjectId: 'aad' }
  return new TurnContext(adapter, { type: 'message', channelId: 'msteams', conversation, from, ...activity })
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
