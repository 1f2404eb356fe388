import { setTimeout as sleep } from 'node:timers/promises'
import { InboundRefusedError } from '@parley/core'
import type { CloudAdapter } from '../cloud-adapter.ts'
import type { InboundBody } from '../http/inbound-request.ts'
import { HTTP_REFUSALS } from '../http/refusals.ts'
import { toLogic } from './bot.ts'
import type { Bot } from './bot.ts'

export type { Bot } from './bot.ts'

/**
 * Handler from a web-standard `Request` to a `Response`, for hono, Next.js, Deno, Bun, workers and the like. Answers every
 * request it gets; route before it. An adapter without an app id needs `allowAnonymous`, as the peer's address is not known.
 */
export function createFetchHandler(adapter: CloudAdapter, bot: Bot): (request: Request) => Promise<Response> {
  const logic = toLogic(bot)
  return async (request) => {
    const { status, headers, body, delayMs } = await adapter.handle(
      {
        method: request.method,
        header: (name) => request.headers.get(name) ?? undefined,
        body: (maxBytes) => readBody(request, maxBytes),
      },
      logic,
    )
    if (delayMs) await sleep(delayMs)
    return new Response(body ?? null, { status, headers })
  }
}

async function readBody(request: Request, maxBytes: number): Promise<InboundBody> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength
      if (size > maxBytes) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw new InboundRefusedError(HTTP_REFUSALS.BODY_INCOMPLETE, 'The body ended early.', { cause })
  }
  if (size > maxBytes)
    throw new InboundRefusedError(HTTP_REFUSALS.BODY_SIZE, `The body is larger than ${maxBytes} bytes.`)
  return { kind: 'bytes', bytes: Buffer.concat(chunks) }
}
