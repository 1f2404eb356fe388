import type { OpenValue } from '@parley/core'

/**
 * Middleware for the web server, which SDK v4 needed to follow a request. What is reported in a turn finds its turn without
 * it, so it only hands on.
 */
export const ApplicationInsightsWebserverMiddleware: OpenValue = (
  _request: OpenValue,
  _response: OpenValue,
  next: () => void,
): void => next()
