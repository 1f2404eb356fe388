import { canConnect } from '../project/can-connect.ts'
import type { BotRun } from './bot-run.ts'
import type { DevEvent } from './dev-event.ts'

const POLL_MS = 250

/** Tells when a bot that somebody else starts is there for the first time; what comes later, the service notices. */
export function awaitBot(endpoint: URL, onEvent: (event: DevEvent) => void): BotRun {
  const stopping = new AbortController()
  void untilUp(endpoint, stopping.signal).then((isUp) => {
    if (isUp) onEvent({ kind: 'bot-up', message: `The bot answers at ${endpoint.href}.` })
  })
  return {
    failed: new Promise(() => {}),
    restart: () => {},
    stop: async () => stopping.abort(),
  }
}

/** @returns `false` when `signal` came first. */
export async function untilUp(endpoint: URL, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await canConnect(endpoint)) return !signal.aborted
    await pause(POLL_MS, signal)
  }
  return false
}

/** Resolves after that time, or at once when `signal` comes. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
