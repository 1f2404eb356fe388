export { ContentStream } from './content-stream.ts'
export type { PayloadAssembler } from './content-stream.ts'
export { HttpContent } from './http-content.ts'
export type { HttpContentStream, IHttpContentHeaders } from './http-content.ts'
export { NamedPipeClient, NamedPipeServer } from './named-pipe.ts'
export type { INodeBuffer, INodeDuplex, INodeIncomingMessage, INodeSocket, ISocket } from './node-interfaces.ts'
export { StreamingRequest } from './streaming-request.ts'
export { StreamingResponse } from './streaming-response.ts'
export { SubscribableStream } from './subscribable-stream.ts'
export { RequestHandler } from './transport.ts'
export type {
  IReceiveRequest,
  IReceiveResponse,
  IStreamingTransportClient,
  IStreamingTransportServer,
} from './transport.ts'
export {
  NodeWebSocket,
  NodeWebSocketFactory,
  NodeWebSocketFactoryBase,
  WebSocketClient,
  WebSocketServer,
} from './web-socket.ts'
export type { WebSocketClientOptions } from './web-socket.ts'
