import type { WireAccount } from '../conversations/wire-activity.ts'
import { badArgument, badSyntax } from '../http/api-error.ts'

/** What a client may say about itself when it asks for a token or starts a conversation. */
export interface ClientInfo {
  readonly user?: WireAccount
  readonly trustedOrigins: readonly string[]
  /** Language to be greeted in, a BCP 47 tag. */
  readonly locale?: string
  /** App id of the bot wanted, where the service has several. */
  readonly botId?: string
  /** The client's own mark of what it starts; a conversation that exists with another one is not the one meant. */
  readonly eTag?: string
}

/** Ids of users that a token vouches for begin so; others belong to the service that issues tokens. */
const USER_ID_PREFIX = 'dl_'
const MAX_ID_LENGTH = 256
const MAX_TRUSTED_ORIGINS = 16

/** Reads the body; field names may also be in PascalCase, as older clients write them. @throws ApiError 400. */
export function parseClientInfo(body: unknown): ClientInfo {
  if (body === undefined || body === null) return { trustedOrigins: [] }
  if (typeof body !== 'object' || Array.isArray(body)) throw badSyntax('The body must be a JSON object.')
  const user = parseUser(field(body, 'user'))
  const locale = parseText(field(body, 'locale'), 'locale')
  const botId = parseText(field(field(body, 'bot'), 'id'), 'bot.id')
  const eTag = parseText(field(body, 'eTag'), 'eTag')
  return {
    ...(user ? { user } : {}),
    ...(botId === undefined ? {} : { botId }),
    ...(locale === undefined ? {} : { locale }),
    ...(eTag === undefined ? {} : { eTag }),
    trustedOrigins: parseOrigins(field(body, 'trustedOrigins') ?? []),
  }
}

/** Whether a token may vouch for a user id the client chose. */
export function isTokenUserId(id: string): boolean {
  return id.startsWith(USER_ID_PREFIX)
}

/** @throws ApiError 400 unless the user, if any, has an id a token may vouch for. */
export function requireTokenUser(user: WireAccount | undefined): void {
  if (user && !isTokenUserId(user.id)) throw badArgument(`user.id must begin with ${USER_ID_PREFIX}.`)
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = value as Record<string, unknown>
  return fields[name] ?? fields[`${name[0]?.toUpperCase()}${name.slice(1)}`]
}

function parseUser(value: unknown): WireAccount | undefined {
  const id = parseText(field(value, 'id'), 'user.id')
  if (id === undefined) return undefined
  const name = parseText(field(value, 'name'), 'user.name')
  return name === undefined ? { id } : { id, name }
}

function parseText(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string' || value.length > MAX_ID_LENGTH)
    throw badArgument(`${name} must be a text of at most ${MAX_ID_LENGTH} characters.`)
  return value
}

function parseOrigins(value: unknown): readonly string[] {
  const isList = Array.isArray(value) && value.length <= MAX_TRUSTED_ORIGINS && value.every(isOrigin)
  if (!isList)
    throw badArgument(`trustedOrigins must be at most ${MAX_TRUSTED_ORIGINS} origins, such as https://example.com.`)
  return value as string[]
}

function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value
}
