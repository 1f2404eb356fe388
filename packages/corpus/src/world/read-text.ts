import type { IncomingMessage } from 'node:http'

/** The body of a request; what came of it when its sender goes away. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    // The sender has gone; what it sent is judged all the same.
  }
  return Buffer.concat(chunks).toString('utf8')
}
