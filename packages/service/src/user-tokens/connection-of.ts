import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { OAuthConnection } from './oauth-connection.ts'

/** A bot's connection of that name. */
export function connectionOf(bot: RegisteredBot, name: string): OAuthConnection | undefined {
  return bot.connections.find((connection) => connection.name === name)
}
