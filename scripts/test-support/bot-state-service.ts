import { randomUUID } from 'node:crypto'
import type { TokenSource } from '@parley/core'
import { startService } from '@parley/service'
import type { ConnectorFaults, ServiceOptions } from '@parley/service'

/** The local service, for tests of packages on floors below it. */
export interface BotStateService {
  readonly serviceUrl: string
  /** Of one bot; every other call gives those of another. */
  newTokens(): TokenSource
  readonly faults: ConnectorFaults
  close(): Promise<void>
}

/** Starts the local service as it is. */
export async function startBotStateService(options: ServiceOptions = {}): Promise<BotStateService> {
  const service = await startService({ port: 0, ...options })
  return {
    serviceUrl: service.serviceUrl,
    faults: service.faults,
    newTokens() {
      const appId = randomUUID()
      service.registerBot({ appId, secret: randomUUID(), endpoint: 'http://localhost:9/api/messages' })
      return { getToken: async () => service.identity.mintAccessToken(appId), forget() {} }
    },
    close: () => service.close(),
  }
}
