import { CliUsageError } from '../errors.ts'

/** Where bots take activities by default. */
export const DEFAULT_BOT_ENDPOINT = 'http://localhost:3978/api/messages'

const DEFAULT_PATH = '/api/messages'

/**
 * The endpoint of a bot as people write it: a whole address, or a port or host and port of it, completed to `/api/messages`.
 *
 * @throws CliUsageError `CLI_USAGE` when it is none of that.
 */
export function parseBotEndpoint(text: string): URL {
  const url = tryParse(withScheme(text))
  const isBot =
    url && /^https?:$/.test(url.protocol) && url.hostname !== '' && url.username === '' && url.password === ''
  if (!isBot) {
    throw new CliUsageError(
      `${JSON.stringify(text)} is no address of a bot: write ${DEFAULT_BOT_ENDPOINT}, or localhost:3978, or 3978.`,
    )
  }
  if (url.pathname === '/') url.pathname = DEFAULT_PATH
  return url
}

function withScheme(text: string): string {
  if (/^\d+$/.test(text)) return `http://localhost:${text}`
  return /^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `http://${text}`
}

function tryParse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** The TCP port of an address. */
export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}

/** The host of an address as sockets take it: addresses of IPv6 without brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}
