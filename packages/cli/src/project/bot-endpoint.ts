import { CliUsageError } from '../errors.ts'
import type { ProjectEnvironment } from './project-environment.ts'

/** Where bots take activities by default. */
const DEFAULT_BOT_ENDPOINT = 'http://localhost:3978/api/messages'

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

/**
 * The endpoint of the bot in a folder: what was given, else what `BOT_ENDPOINT` says, else the port that `.env` tells the bot to
 * listen on, else port 3978 of this machine.
 *
 * @throws CliUsageError `CLI_USAGE` when it is no address of a bot.
 */
export function botEndpointOf(given: string | undefined, { variables, dotEnv }: ProjectEnvironment): URL {
  return parseBotEndpoint(given ?? variables['BOT_ENDPOINT'] ?? dotEnv['PORT'] ?? DEFAULT_BOT_ENDPOINT)
}

/** Host and port of an address, also where the port goes without saying. */
export function authorityOf(url: URL): string {
  return `${url.hostname}:${portOf(url)}`
}

/** The TCP port of an address. */
export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === 'https:' ? 443 : 80)
}

/** The host of an address as sockets take it: addresses of IPv6 without brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}
