import type { LogMethod, Logger, TokenSource } from '@parley/core'
import type { Clock } from '../src/clock.ts'

/** A clock on which waiting takes no time. */
export interface FakeClock extends Clock {
  readonly waits: number[]
}

export function createFakeClock(): FakeClock {
  const waits: number[] = []
  let time = 0
  return {
    waits,
    now: () => time,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      waits.push(ms)
      time += ms
    },
  }
}

/** Gives the tokens `<bearer>-1`, `<bearer>-2`, …: the next one after each that was forgotten. */
export interface FakeTokens extends TokenSource {
  readonly forgotten: string[]
}

export const BEARER = 'eyJhbGciOiJSUzI1NiJ9.canary.signature'

export function createFakeTokens(): FakeTokens {
  const forgotten: string[] = []
  return {
    forgotten,
    getToken: async () => `${BEARER}-${forgotten.length + 1}`,
    forget: (_audience, token) => {
      forgotten.push(token)
    },
  }
}

/** Keeps what was logged. */
export interface FakeLogger extends Logger {
  readonly lines: { level: string; facts: Record<string, unknown>; message: string }[]
}

export function createFakeLogger(): FakeLogger {
  const lines: FakeLogger['lines'] = []
  const method =
    (level: string): LogMethod =>
    (facts, message) => {
      lines.push({ level, facts: { ...facts }, message })
    }
  return { lines, debug: method('debug'), info: method('info'), warn: method('warn'), error: method('error') }
}
