import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { WireActivity } from '../conversations/wire-activity.ts'
import type { DeliveryResult } from './delivery-result.ts'
import type { RegisteredBot } from './registered-bot.ts'

/** A post to a bot, when it is over. */
export interface BotPost {
  readonly bot: RegisteredBot
  readonly activity: WireActivity
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
  readonly ms: number
  /** Absent when the bot did not answer. */
  readonly answer?: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
  readonly result: DeliveryResult
}

/** Sees what is posted to bots. It must not throw. */
export interface PostObserver {
  /** @returns what to call when it is over. */
  begin(bot: RegisteredBot, activity: WireActivity): (post: BotPost) => void
}
