import { once } from 'node:events'
import { Agent, get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { IdentityUnreachableError } from '../identity-http.ts'
import type { HttpLimits, IdentityAnswer } from '../identity-http.ts'

/** Our own: the process-wide agent may have been told to use a proxy, by `NODE_USE_ENV_PROXY` or by a library. */
const agent = new Agent({ keepAlive: false })

/**
 * Asks an endpoint of this host for a JSON document. Node's own client, which knows neither redirects nor proxies: what is
 * asked for is the key to the bot's identity, and it is nowhere but here.
 *
 * @throws {@link IdentityUnreachableError} `AUTH_IDENTITY_UNREACHABLE`: no answer within the limits.
 */
export async function getDirectly(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { signal, maxBytes }: HttpLimits,
): Promise<IdentityAnswer> {
  try {
    const request = get(url, { agent, headers, signal })
    // What goes wrong once there is a response is told to whoever reads it, and must not end the process here.
    request.on('error', () => {})
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const text = await readText(response, maxBytes)
    return { status: response.statusCode ?? 0, body: parseJson(text), retryAfter: response.headers['retry-after'] }
  } catch (error) {
    throw new IdentityUnreachableError(url, signal.aborted ? 'ETIMEDOUT' : reasonOf(error))
  }
}

/** `undefined` when it is too long: no answer of this kind is, so that nothing in it can be right. */
async function readText(response: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    chunks.push(chunk as Buffer)
    bytes += (chunk as Buffer).length
    if (bytes > maxBytes) return undefined
  }
  return Buffer.concat(chunks).toString()
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'
}
