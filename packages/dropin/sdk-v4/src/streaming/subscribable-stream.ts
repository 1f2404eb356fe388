import { Duplex } from 'node:stream'

/** Gives back what is written into it: to a subscriber when there is one, else to whoever reads. */
export class SubscribableStream extends Duplex {
  /** Bytes written so far. */
  length = 0
  private onChunk: ((chunk: Buffer) => void) | undefined

  override _write(chunk: string | Uint8Array, _encoding: string, callback: (error?: Error | null) => void): void {
    const buffer = Buffer.from(chunk as Uint8Array)
    this.length += buffer.length
    if (this.onChunk) this.onChunk(buffer)
    else this.push(buffer)
    callback()
  }

  /** What is written is readable at once, so there is nothing to fetch. */
  override _read(_size: number): void {}

  override _final(callback: (error?: Error | null) => void): void {
    this.push(null)
    callback()
  }

  /** Hands everything that is written from now on to `onData`. */
  // oxlint-disable-next-line typescript/no-explicit-any -- SDK v4's signature
  subscribe(onData: (chunk: any) => void): void {
    this.onChunk = onData
  }
}
