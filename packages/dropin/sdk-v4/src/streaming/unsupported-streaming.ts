import { UnsupportedError } from '../schema/unsupported-error.ts'

/** Streaming connections carry Direct Line App Service Extension and Direct Line Speech only; neither is part of Parley. */
export function unsupportedStreaming(what: string): UnsupportedError {
  return new UnsupportedError(
    what,
    'A streaming connection cannot be opened: let the channel post to the HTTP messages endpoint, and let clients that want a WebSocket open one to Direct Line',
  )
}
