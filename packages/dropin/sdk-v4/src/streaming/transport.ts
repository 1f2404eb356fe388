import type { ContentStream } from './content-stream.ts'
import type { StreamingRequest } from './streaming-request.ts'
import type { StreamingResponse } from './streaming-response.ts'

/** A request that was received. */
export interface IReceiveRequest {
  verb?: string
  path?: string
  streams: ContentStream[]
}

/** An answer that was received. */
export interface IReceiveResponse {
  statusCode?: number
  streams: ContentStream[]
}

/** The side of a streaming connection that dials. */
export interface IStreamingTransportClient {
  connect(): Promise<void>
  disconnect(): void
  send(request: StreamingRequest): Promise<IReceiveResponse>
}

/** The side of a streaming connection that waits. */
export interface IStreamingTransportServer {
  start(onListen?: () => void): Promise<string>
  disconnect(): void
  send(request: StreamingRequest): Promise<IReceiveResponse>
  isConnected?: boolean
}

/** Answers what is received. */
export abstract class RequestHandler {
  abstract processRequest(request: IReceiveRequest): Promise<StreamingResponse>
}
