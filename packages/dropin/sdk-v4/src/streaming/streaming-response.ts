import { HttpContentStream } from './http-content.ts'
import type { HttpContent } from './http-content.ts'
import { jsonContent } from './json-content.ts'

/** An answer on a streaming connection. */
export class StreamingResponse {
  declare statusCode: number
  streams: HttpContentStream[] = []

  static create(statusCode: number, body?: HttpContent): StreamingResponse {
    const response = new StreamingResponse()
    response.statusCode = statusCode
    if (body) response.addStream(body)
    return response
  }

  addStream(content: HttpContent): void {
    this.streams.push(new HttpContentStream(content))
  }

  /** Adds `body` as JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  setBody(body: any): void {
    this.addStream(jsonContent(body))
  }
}
