import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { temporaryTree } from 'test-support/temporary-tree'
import { CommandRun } from './command-run.ts'

/** What the doctor said. */
export interface Examination {
  readonly code: number
  readonly ok: boolean
  /** `status: detail -> advice` by id. */
  readonly checks: Readonly<Record<string, string>>
  /** All it wrote. */
  readonly text: string
}

/** Runs `parley doctor --json`. */
export async function examine(
  args: readonly string[],
  { env = {}, files = {} }: { env?: Record<string, string>; files?: Record<string, unknown> } = {},
): Promise<Examination> {
  const run = new CommandRun(['doctor', '--json', ...args], { cwd: temporaryTree(files), env })
  const code = await run.ended
  const [report] = run.lines()
  const checks: Record<string, string> = {}
  for (const { id, status, detail, advice } of report.checks) {
    checks[id] = [`${status}: ${detail}`, advice].filter(Boolean).join(' -> ')
  }
  return { code, ok: report.ok, checks, text: run.out + run.err }
}

const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A server that is no bot, or a bad one. @returns the address of its endpoint. */
export async function startServer(listener: RequestListener, tls?: { key: string; cert: string }): Promise<string> {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `${tls ? 'https' : 'http'}://127.0.0.1:${port}/api/messages`
}

/** Answers as a good bot does to strangers: 401 to POST, 405 to anything else. */
export function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  request.on('end', () => response.writeHead(request.method === 'POST' ? 401 : 405).end())
}
