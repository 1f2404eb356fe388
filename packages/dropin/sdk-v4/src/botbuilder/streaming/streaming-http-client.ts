import type { OpenValue } from '@parley/core'
import type { IStreamingTransportServer } from '../../streaming/transport.ts'
import { unsupportedStreaming } from '../../streaming/unsupported-streaming.ts'

/** Would send the calls of a connector through a streaming connection; there are none. */
export class StreamingHttpClient {
  private readonly server: IStreamingTransportServer

  /** @throws Error There is no server. */
  constructor(server: IStreamingTransportServer) {
    if (!server) throw new Error('StreamingHttpClient: Expected server.')
    this.server = server
  }

  /** @throws Error There is no request; otherwise `UnsupportedError`, which says what to do instead. */
  async sendRequest(httpRequest: OpenValue): Promise<OpenValue> {
    if (!httpRequest) throw new Error('StreamingHttpClient.sendRequest(): missing "httpRequest" parameter')
    throw unsupportedStreaming('StreamingHttpClient.sendRequest()')
  }
}
