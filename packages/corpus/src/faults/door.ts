import { createInboundAuthenticator } from '@parley/auth'
import { InboundRefusedError } from '@parley/core'
import { botOptions } from '../bots/bot-options.ts'
import type { MemoryLog } from '../bots/memory-log.ts'
import { RawConnection } from '../request/raw-connection.ts'
import type { Outcome } from '../request/raw-connection.ts'
import type { RawRequest } from '../request/raw-request.ts'
import type { World } from '../world/world.ts'

/** Takes requests and answers them. */
export interface Door {
  /** Sends each request on its own connection. */
  exchange(request: RawRequest): Promise<Outcome>
  /** Sends all of them at once on one connection. */
  pipeline(requests: readonly RawRequest[]): Promise<Outcome[]>
}

/** The door of a bot that listens. */
export function createSocketDoor(url: string): Door {
  const withConnection = async <T>(use: (connection: RawConnection) => Promise<T>): Promise<T> => {
    const connection = await RawConnection.open(url)
    try {
      return await use(connection)
    } finally {
      connection.close()
    }
  }
  return {
    exchange: (request) => withConnection((connection) => connection.exchange(request)),
    pipeline: (requests) => withConnection((connection) => connection.pipeline(requests)),
  }
}

/**
 * The first stage of Parley's road alone, which proves the sender, on a clock that can be moved: keys live for hours.
 *
 * @param now - Milliseconds since the epoch.
 */
export function createAuthenticatorDoor(world: World, log: MemoryLog, now: () => number): Door {
  const authenticator = createInboundAuthenticator({ ...botOptions('channel', world), logger: log, now })
  const exchange = async ({ head }: RawRequest): Promise<Outcome> => {
    const startedAt = performance.now()
    const answered = (status: number, headers: [string, string][] = []): Outcome => ({
      kind: 'answered',
      answer: { status, headers: new Map(headers), body: '' },
      ms: performance.now() - startedAt,
    })
    try {
      await authenticator.authenticate({ rawHeaders: rawHeadersOf(head) })
      return answered(200)
    } catch (error) {
      if (!(error instanceof InboundRefusedError)) throw error
      log.warn({ ev: 'inbound.refused', code: error.code }, 'Refused a request.')
      return answered(error.status)
    }
  }
  return { exchange, pipeline: (requests) => Promise.all(requests.map(exchange)) }
}

function rawHeadersOf(head: Buffer): string[] {
  const [, ...lines] = head.toString('latin1').split('\r\n')
  return lines.filter(Boolean).flatMap((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
}
