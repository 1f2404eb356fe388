/**
 * Headers of the chat page. The policy lets it run its own scripts, speak to its own origin, and nothing else; Web Chat needs
 * inline styles, and `blob:` for what the user attaches.
 *
 * @param origin - Address the browser used, e.g. `http://localhost:3979`.
 */
export function pageHeaders(origin: string): Readonly<Record<string, string>> {
  const webSocketOrigin = origin.replace(/^http/, 'ws')
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `connect-src 'self' blob: ${webSocketOrigin}`,
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' blob: data:",
      'worker-src blob:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'self'",
    ].join('; '),
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
  }
}
