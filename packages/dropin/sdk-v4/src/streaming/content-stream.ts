import type { SubscribableStream } from './subscribable-stream.ts'

/** Where received content comes from. */
export interface PayloadAssembler {
  /** MIME type. */
  payloadType: string
  /** Bytes; absent means until the stream ends. */
  contentLength?: number
  getPayloadStream(): SubscribableStream
  close(): void
}

/** A piece of content that was received. */
export class ContentStream {
  id: string
  private readonly assembler: PayloadAssembler
  private stream: SubscribableStream | undefined

  /** @throws Error - There is no assembler; the text is SDK v4's. */
  constructor(id: string, assembler: PayloadAssembler) {
    if (!assembler) throw new Error('Null Argument Exception')
    this.id = id
    this.assembler = assembler
  }

  get contentType(): string {
    return this.assembler.payloadType
  }

  get length(): number {
    return this.assembler.contentLength as number
  }

  getStream(): SubscribableStream {
    this.stream ??= this.assembler.getPayloadStream()
    return this.stream
  }

  cancel(): void {
    this.assembler.close()
  }

  /** The content as UTF-8 text, when all of it has come. */
  async readAsString(): Promise<string> {
    return (await this.readAll()).toString('utf8')
  }

  async readAsJson<T>(): Promise<T> {
    return JSON.parse(await this.readAsString()) as T
  }

  private async readAll(): Promise<Buffer> {
    const wanted = this.length ?? Infinity
    const chunks: Buffer[] = []
    let size = 0
    if (wanted === 0) return Buffer.alloc(0)
    for await (const chunk of this.getStream()) {
      chunks.push(chunk as Buffer)
      size += (chunk as Buffer).length
      if (size >= wanted) break
    }
    return Buffer.concat(chunks)
  }
}
