import type { IncomingMessage } from 'node:http'
import type { ExchangeWay } from './entry.ts'

/** Where in the service a request belongs. */
export interface ExchangePlace {
  readonly way: ExchangeWay
  /** The address without its parameters. */
  readonly path: string
  readonly conversationId?: string
  readonly activityId?: string
}

/** The service's own pages, and the switches for programs: they are not what is inspected. */
const OWN = /^\/(?:$|chat(?:\/|$)|dev\/|sign-in|favicon\.ico)/

const CONVERSATION = /^\/v3\/(?:directline\/)?conversations\/([^/]+)(?:\/activities(?:\/(?!history$)([^/]+))?)?/

/** Says where a request belongs; `undefined` for those nobody wants to see: pages, their polls, and what a browser adds. */
export function placeOf({ method, url = '', headers }: IncomingMessage): ExchangePlace | undefined {
  const query = url.indexOf('?')
  const path = query === -1 ? url : url.slice(0, query)
  const isClient = path.startsWith('/v3/directline/')
  if (OWN.test(path) || method === 'OPTIONS') return undefined
  if (isClient && method === 'GET' && path.endsWith('/activities')) return undefined
  // Pictures in a chat, and what a browser looks for by itself.
  if (!isClient && headers['sec-fetch-site'] !== undefined) return undefined
  const [, conversation, activity] = CONVERSATION.exec(path) ?? []
  const conversationId = decode(conversation)
  const activityId = decode(activity)
  return {
    way: isClient ? 'from-client' : 'from-bot',
    path,
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(activityId === undefined ? {} : { activityId }),
  }
}

function decode(segment: string | undefined): string | undefined {
  if (segment === undefined) return undefined
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
