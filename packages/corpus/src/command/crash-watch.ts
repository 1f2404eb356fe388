/** Notes errors that would end a process, instead of letting them. */
export class CrashWatch {
  /** Their names, in order. */
  readonly crashes: string[] = []
  private readonly note = (error: unknown): void => {
    this.crashes.push(error instanceof Error ? error.name : String(error))
  }

  constructor() {
    process.on('uncaughtException', this.note)
    process.on('unhandledRejection', this.note)
  }

  /** Resolves when node has told of what was rejected so far. */
  async settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }

  close(): void {
    process.off('uncaughtException', this.note)
    process.off('unhandledRejection', this.note)
  }
}
