import type { SubscribableStream } from './subscribable-stream.ts'

/** Headers of a piece of content. */
export interface IHttpContentHeaders {
  /** MIME type. */
  type?: string
  /** Bytes. */
  contentLength?: number
}

/** A body with its headers. */
export class HttpContent {
  headers: IHttpContentHeaders
  private readonly stream: SubscribableStream

  constructor(headers: IHttpContentHeaders, stream: SubscribableStream) {
    this.headers = headers
    this.stream = stream
  }

  getStream(): SubscribableStream {
    return this.stream
  }
}

/** A body with the id under which it travels. */
export class HttpContentStream {
  readonly content: HttpContent
  readonly id: string
  description: { id: string; type: string; length: number }

  constructor(content: HttpContent) {
    const { type, contentLength } = content?.headers ?? {}
    this.content = content
    this.id = globalThis.crypto.randomUUID()
    this.description = { id: this.id, type: type ?? 'unknown', length: contentLength ?? 0 }
  }
}
