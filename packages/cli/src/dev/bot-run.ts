/** A bot as `parley dev` looks after it, whether it runs it or only waits for it. */
export interface BotRun {
  /** Rejects when there is no sense in going on. */
  readonly failed: Promise<never>
  /** Starts it again, where it was started here. */
  restart(): void
  /** Ends it, where it was started here. */
  stop(): Promise<void>
}
