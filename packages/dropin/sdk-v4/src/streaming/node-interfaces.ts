import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

// oxlint-disable typescript/no-explicit-any -- SDK v4's signatures

/** Node's `Buffer`, by the name SDK v4 has for it. */
export interface INodeBuffer extends Buffer {
  constructor: any
}

/** What is needed of Node's `IncomingMessage`. */
export interface INodeIncomingMessage {
  headers?: any
  method?: any
}

/** Node's `Socket`. */
export interface INodeSocket extends Socket {
  on(event: string, listener: (...args: any[]) => void): this
  on(event: 'data', listener: (data: INodeBuffer) => void): this
}

/** Node's `Duplex`. */
export interface INodeDuplex extends Duplex {
  on(event: string | symbol, listener: (...args: any[]) => void): this
  on(event: 'data', listener: (chunk: INodeBuffer) => void): this
}

/** A WebSocket. */
export interface ISocket {
  isConnected: boolean
  write(buffer: INodeBuffer): any
  connect(serverAddress: string): Promise<void>
  close(): any
  setOnMessageHandler(handler: (x: any) => void): any
  setOnErrorHandler(handler: (x: any) => void): any
  setOnCloseHandler(handler: (x: any) => void): any
}
// oxlint-enable typescript/no-explicit-any
