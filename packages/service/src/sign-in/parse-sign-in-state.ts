import type { WireAccount } from '../conversations/wire-activity.ts'
import { badArgument, missingProperty } from '../http/api-error.ts'

/** What a bot says about the sign-in it asks for, so that its result finds back to the chat. */
export interface SignInState {
  readonly connectionName: string
  readonly channelId: string
  readonly conversationId: string
  readonly user: WireAccount
  /** App id of the bot, as it says. */
  readonly appId?: string
  /** The conversation that another one is about, passed on as it is. */
  readonly relatesTo?: Readonly<Record<string, unknown>>
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads the `state` of a sign-in: JSON in base64, the names of fields in camelCase or PascalCase.
 *
 * @throws ApiError 400 `BadArgument` or `MissingProperty`.
 */
export function parseSignInState(state: string): SignInState {
  const value = decode(state)
  const conversation = objectIn(value, 'conversation')
  const user = objectIn(conversation, 'user')
  const name = textIn(user, 'name')
  const appId = textIn(value, 'msAppId')
  const relatesTo = objectIn(value, 'relatesTo')
  return {
    connectionName: requireText(value, 'connectionName', 'state.connectionName'),
    channelId: requireText(conversation, 'channelId', 'state.conversation.channelId'),
    conversationId: requireText(objectIn(conversation, 'conversation'), 'id', 'state.conversation.conversation.id'),
    user: {
      id: requireText(user, 'id', 'state.conversation.user.id'),
      ...(name === undefined ? {} : { name }),
    },
    ...(appId === undefined ? {} : { appId }),
    ...(relatesTo ? { relatesTo } : {}),
  }
}

function decode(state: string): Fields {
  try {
    const value: unknown = JSON.parse(Buffer.from(state, 'base64').toString('utf8'))
    if (isObject(value)) return value
  } catch {
    // Said below.
  }
  throw badArgument('state must be a token exchange state: a JSON object in base64.')
}

function fieldIn(value: Fields | undefined, name: string): unknown {
  return value?.[name] ?? value?.[`${name[0]?.toUpperCase()}${name.slice(1)}`]
}

function objectIn(value: Fields | undefined, name: string): Fields | undefined {
  const field = fieldIn(value, name)
  return isObject(field) ? field : undefined
}

function textIn(value: Fields | undefined, name: string): string | undefined {
  const field = fieldIn(value, name)
  return typeof field === 'string' && field !== '' ? field : undefined
}

function requireText(value: Fields | undefined, name: string, path: string): string {
  const text = textIn(value, name)
  if (text === undefined) throw missingProperty(path)
  return text
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
