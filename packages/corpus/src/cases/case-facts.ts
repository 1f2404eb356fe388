import type { InboundCase } from './inbound-case.ts'

/** Codes a case makes a bot log. */
export function codesOf({ steps }: InboundCase): string[] {
  return steps.flatMap(({ expect: { code } }) => code ?? [])
}

/** Whether a case takes seconds rather than milliseconds, because its client is slow. */
export function isSlow({ steps }: InboundCase): boolean {
  return steps.some(({ request: { transport } }) => transport?.drip !== undefined)
}

/** Whether any bot can be tried with a case: it needs none that is set up in a special way. */
export function isForAnyBot({ bot = 'channel' }: InboundCase): boolean {
  return bot === 'channel'
}
