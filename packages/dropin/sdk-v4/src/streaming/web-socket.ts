import type { INodeBuffer, INodeIncomingMessage, INodeSocket, ISocket } from './node-interfaces.ts'
import type {
  IReceiveResponse,
  IStreamingTransportClient,
  IStreamingTransportServer,
  RequestHandler,
} from './transport.ts'
import type { StreamingRequest } from './streaming-request.ts'
import { unsupportedStreaming } from './unsupported-streaming.ts'

// Each of these can be made, so that a bot that prepares for streaming starts; what would open a connection is refused with
// UnsupportedError (DROPIN_UNSUPPORTED).

/** SDK v4's WebSocket; it never connects. */
export class NodeWebSocket implements ISocket {
  protected wsServer: unknown

  // oxlint-disable-next-line no-useless-constructor -- says what SDK v4 is called with
  constructor(_wsSocket?: unknown) {}

  get isConnected(): boolean {
    return false
  }

  async create(_req: INodeIncomingMessage, _socket: INodeSocket, _head: INodeBuffer): Promise<void> {
    throw unsupportedStreaming('NodeWebSocket.create()')
  }

  async connect(_serverAddressOrHostName: string, _port?: number): Promise<void> {
    throw unsupportedStreaming('NodeWebSocket.connect()')
  }

  write(_buffer: INodeBuffer): void {
    throw unsupportedStreaming('NodeWebSocket.write()')
  }

  close(_code?: number, _data?: string): void {}

  // oxlint-disable typescript/no-explicit-any -- SDK v4's signatures
  setOnMessageHandler(_handler: (x: any) => void): void {}

  setOnCloseHandler(_handler: (x: any) => void): void {}

  setOnErrorHandler(_handler: (x: any) => void): void {}
  // oxlint-enable typescript/no-explicit-any
}

/** Makes a WebSocket of an upgrade request. */
export abstract class NodeWebSocketFactoryBase {
  abstract createWebSocket(req: INodeIncomingMessage, socket: INodeSocket, head: INodeBuffer): Promise<ISocket>
}

/** SDK v4's default factory; it makes none. */
export class NodeWebSocketFactory extends NodeWebSocketFactoryBase {
  async createWebSocket(_req: INodeIncomingMessage, _socket: INodeSocket, _head: INodeBuffer): Promise<NodeWebSocket> {
    throw unsupportedStreaming('NodeWebSocketFactory.createWebSocket()')
  }
}

/** What {@link WebSocketClient} is made of. */
export interface WebSocketClientOptions {
  url: string
  requestHandler: RequestHandler
  disconnectionHandler: (message: string) => void
}

/** SDK v4's streaming client; it never connects. */
export class WebSocketClient implements IStreamingTransportClient {
  // oxlint-disable-next-line no-useless-constructor -- says what SDK v4 is called with
  constructor(_options: WebSocketClientOptions) {}

  async connect(): Promise<void> {
    throw unsupportedStreaming('WebSocketClient.connect()')
  }

  disconnect(): void {}

  async send(_request: StreamingRequest): Promise<IReceiveResponse> {
    throw unsupportedStreaming('WebSocketClient.send()')
  }
}

/** SDK v4's streaming server; it never starts. */
export class WebSocketServer implements IStreamingTransportServer {
  /** @throws TypeError - There is no socket; the text is SDK v4's. */
  constructor(socket: ISocket, _requestHandler?: RequestHandler) {
    if (!socket) throw new TypeError('WebSocketServer: Missing socket parameter')
  }

  get isConnected(): boolean {
    return false
  }

  async start(): Promise<string> {
    throw unsupportedStreaming('WebSocketServer.start()')
  }

  disconnect(): void {}

  async send(_request: StreamingRequest): Promise<IReceiveResponse> {
    throw unsupportedStreaming('WebSocketServer.send()')
  }
}
