import type { ServiceEvent } from '@parley/service'

/** What `parley dev` tells while it runs: what the service notices, and what becomes of the bot. */
export interface DevEvent {
  readonly kind: ServiceEvent['kind'] | 'bot-started' | 'bot-up' | 'bot-silent' | 'bot-exited' | 'bot-stopping'
  /** What happened and what to do, for the developer. */
  readonly message: string
}

/** Kinds that need no action. */
const GOOD: ReadonlySet<DevEvent['kind']> = new Set(['bot-started', 'bot-up', 'bot-back', 'bot-stopping'])

/** Whether there is something to put right. */
export function isTrouble({ kind }: DevEvent): boolean {
  return !GOOD.has(kind)
}
