import type { Answer } from '@parley/adapter/internal'

/** What v4's older adapter throws after an answer that is an error. */
export function processingError(status: number, reason: unknown): Error {
  const stack = reason instanceof Error ? `\n ${reason.stack}` : ''
  return new Error(`BotFrameworkAdapter.processActivity(): ${status} ERROR${stack}`, { cause: reason })
}

/** Why a request was refused, as far as the answer to it tells; `undefined` for what a bot itself has answered. */
export function refusalIn({ body }: Answer): Error | undefined {
  const said = (body === undefined ? undefined : JSON.parse(body)) as { error?: Record<string, unknown> } | null
  const { code, reason = code, id } = said?.error ?? {}
  if (typeof id !== 'string' || typeof code !== 'string') return undefined
  return new Error(`The request was refused: ${String(reason)} (${id}).`)
}
