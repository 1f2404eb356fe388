import type { Logger } from '@parley/core'
import type { BotProblemKind } from './bot-problem.ts'

/** Something that happened between the service and a bot, for the chat page, tests and logs. */
export interface ServiceEvent {
  readonly kind: BotProblemKind | 'bot-back'
  /** App id of the bot. */
  readonly appId: string
  /** For the developer: what happened and what to do. */
  readonly message: string
  /** Status the bot answered with, if it answered. */
  readonly status?: number
}

export type ServiceEventListener = (event: ServiceEvent) => void

/** Hands events to whoever listens. */
export class ServiceEvents {
  private readonly listeners: Set<ServiceEventListener> = new Set()
  private readonly logger: Logger

  constructor(logger: Logger) {
    this.logger = logger
  }

  /** @returns a function that stops listening. */
  listen(listener: ServiceEventListener): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  emit(event: ServiceEvent): void {
    const { message, ...facts } = event
    if (event.kind === 'bot-back') this.logger.info({ ev: 'service.bot', ...facts }, message)
    else this.logger.warn({ ev: 'service.bot', ...facts }, message)
    for (const listener of this.listeners) this.tell(listener, event)
  }

  /** A listener that throws must not end what the event is about. */
  private tell(listener: ServiceEventListener, event: ServiceEvent): void {
    try {
      listener(event)
    } catch (error) {
      this.logger.error({ err: error }, 'A listener for service events threw.')
    }
  }
}
