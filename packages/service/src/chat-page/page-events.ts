import type { ServerResponse } from 'node:http'
import type { BotHealth } from '../bots/bot-health.ts'
import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { ServiceEvents } from '../bots/service-events.ts'
import type { Attendance } from '../conversations/attendance.ts'
import type { KeyRing } from '../identity/key-ring.ts'

/** A comment now and then keeps the connection open through whatever would close a silent one. */
const KEEP_ALIVE_MS = 25_000

export interface PageEventsOptions {
  readonly events: ServiceEvents
  readonly health: BotHealth
  readonly attendance: Attendance
  /** Signs Direct Line tokens: pages whose tokens another key has signed have to start over. */
  readonly tokenKeys: Pick<KeyRing, 'currentKid'>
}

/** Tells open chat pages, over server-sent events, whether anything stands between them and their bot. */
export class PageEvents {
  private readonly tokenKeys: Pick<KeyRing, 'currentKid'>
  private readonly pages: Map<ServerResponse, string> = new Map()
  private readonly health: BotHealth
  private readonly attendance: Attendance
  private readonly heart: NodeJS.Timeout
  private readonly unlisten: () => void

  constructor({ events, health, attendance, tokenKeys }: PageEventsOptions) {
    this.tokenKeys = tokenKeys
    this.health = health
    this.attendance = attendance
    this.unlisten = events.listen(({ appId }) => this.tellPagesOf(appId))
    this.heart = setInterval(() => this.beat(), KEEP_ALIVE_MS)
    this.heart.unref()
  }

  /** Keeps `response` open and tells it the state of `bot`, now and at every change. */
  open(response: ServerResponse, bot: RegisteredBot): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    this.pages.set(response, bot.appId)
    const leave = this.attendance.watch(bot.appId)
    response.once('close', () => {
      leave()
      this.pages.delete(response)
    })
    response.on('error', () => response.destroy())
    this.tell(response, bot.appId)
  }

  close(): void {
    this.unlisten()
    clearInterval(this.heart)
    for (const response of this.pages.keys()) response.end()
  }

  private tellPagesOf(appId: string): void {
    for (const [response, watched] of this.pages) if (watched === appId) this.tell(response, appId)
  }

  private tell(response: ServerResponse, appId: string): void {
    const problem = this.health.problemOf(appId) ?? null
    const { currentKid: tokenKeyId } = this.tokenKeys
    response.write(`event: status\ndata: ${JSON.stringify({ tokenKeyId, problem })}\n\n`)
  }

  private beat(): void {
    for (const response of this.pages.keys()) response.write(': still here\n\n')
  }
}
