import { CliUnreachableError } from '../errors.ts'
import { fieldsOf, textOf } from './wire-activity.ts'

/** What the chat page of a local service is told. */
export interface PageSession {
  readonly token: string
  /** The bot's name. */
  readonly name: string
  /** Where the bot takes activities. */
  readonly endpoint: string
}

const TIMEOUT_MS = 5_000

/**
 * Asks a local service for a token as its own chat page does: whoever is on this machine may open that page, and gets one.
 *
 * @throws CliUnreachableError `CLI_UNREACHABLE`: no local service is there.
 */
export async function openPageSession(
  address: string,
  user: { readonly id: string; readonly name?: string },
  botId: string | undefined,
): Promise<PageSession> {
  const { origin } = new URL(address)
  const id = user.id.startsWith('dl_') ? user.id : `dl_${user.id}`
  try {
    const response = await fetch(`${origin}/chat/session`, {
      method: 'POST',
      redirect: 'error',
      headers: { 'Content-Type': 'application/json', Origin: origin },
      body: JSON.stringify({ user: { ...user, id }, ...(botId === undefined ? {} : { bot: { id: botId } }) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const { token, bot } = fieldsOf(await response.json())
    const { name, endpoint } = fieldsOf(bot)
    if (response.ok && textOf(token) !== '')
      return { token: textOf(token), name: textOf(name), endpoint: textOf(endpoint) }
    throw new TypeError(`status ${response.status}`)
  } catch (cause) {
    throw new CliUnreachableError(
      `No local service answers at ${origin}: start it with parley dev, or give its secret.`,
      { cause },
    )
  }
}
