import { HttpContentStream } from './http-content.ts'
import type { HttpContent } from './http-content.ts'
import { jsonContent } from './json-content.ts'

/** A request on a streaming connection. */
export class StreamingRequest {
  /** HTTP method. */
  declare verb: string
  declare path: string
  streams: HttpContentStream[] = []

  static create(method: string, path?: string, body?: HttpContent): StreamingRequest {
    const request = new StreamingRequest()
    request.verb = method
    if (path !== undefined) request.path = path
    if (body) request.setBody(body)
    return request
  }

  /** @throws Error - There is no content; the text is SDK v4's. */
  addStream(content: HttpContent): void {
    if (!content) throw new Error('Argument Undefined Exception: content undefined.')
    this.streams.push(new HttpContentStream(content))
  }

  /** Adds content: a text is sent as JSON, anything else must be {@link HttpContent}. `undefined` adds nothing. */
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  setBody(body: any): void {
    if (typeof body === 'string') this.addStream(jsonContent(body))
    else if (body !== undefined) this.addStream(body)
  }
}
