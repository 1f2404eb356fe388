import { HttpContent } from './http-content.ts'
import { SubscribableStream } from './subscribable-stream.ts'

/** `body` as JSON. */
export function jsonContent(body: unknown): HttpContent {
  const bytes = Buffer.from(JSON.stringify(body))
  const stream = new SubscribableStream()
  stream.write(bytes)
  return new HttpContent({ type: 'application/json; charset=utf-8', contentLength: bytes.length }, stream)
}
