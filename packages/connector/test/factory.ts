import { ConnectorFactory } from '../src/connector-factory.ts'
import type { ConnectorFactoryOptions } from '../src/connector-factory.ts'
import { createFakeClock, createFakeLogger, createFakeTokens } from './fakes.ts'
import type { FakeClock, FakeLogger, FakeTokens } from './fakes.ts'

export const AUDIENCE = 'https://api.botframework.com'

/** A factory and all that it was given. */
export interface TestFactory {
  readonly factory: ConnectorFactory
  readonly clock: FakeClock
  readonly logger: FakeLogger
  readonly tokens: FakeTokens
  close(): void
}

/** A factory that may call loopback, waits on a clock where that takes no time, and does not jitter. */
export function createTestFactory(options: Partial<ConnectorFactoryOptions> = {}): TestFactory {
  const parts = { clock: createFakeClock(), logger: createFakeLogger(), tokens: createFakeTokens() }
  const factory = new ConnectorFactory({ allowLoopback: true, random: () => 1, ...parts, ...options })
  return { factory, ...parts, close: () => factory.close() }
}
