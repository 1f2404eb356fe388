import type {
  IReceiveResponse,
  IStreamingTransportClient,
  IStreamingTransportServer,
  RequestHandler,
} from './transport.ts'
import type { StreamingRequest } from './streaming-request.ts'
import { unsupportedStreaming } from './unsupported-streaming.ts'

/** SDK v4's client of a named pipe; it never connects. */
export class NamedPipeClient implements IStreamingTransportClient {
  // oxlint-disable-next-line no-useless-constructor -- says what SDK v4 is called with
  constructor(_baseName: string, _requestHandler?: RequestHandler, _autoReconnect?: boolean) {}

  async connect(): Promise<void> {
    throw unsupportedStreaming('NamedPipeClient.connect()')
  }

  disconnect(): void {}

  async send(_request: StreamingRequest): Promise<IReceiveResponse> {
    throw unsupportedStreaming('NamedPipeClient.send()')
  }
}

/** SDK v4's server of a named pipe; it never starts. */
export class NamedPipeServer implements IStreamingTransportServer {
  /** @throws TypeError - There is no name; the text is SDK v4's. */
  constructor(baseName: string, _requestHandler?: RequestHandler, _autoReconnect?: boolean) {
    if (!baseName) throw new TypeError('NamedPipeServer: Missing baseName parameter')
  }

  get isConnected(): boolean {
    return false
  }

  async start(_onListen?: () => void): Promise<string> {
    throw unsupportedStreaming('NamedPipeServer.start()')
  }

  disconnect(): void {}

  async send(_request: StreamingRequest): Promise<IReceiveResponse> {
    throw unsupportedStreaming('NamedPipeServer.send()')
  }
}
