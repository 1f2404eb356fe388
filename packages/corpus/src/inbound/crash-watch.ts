/** Notes errors that would end a process, instead of letting them. */
export class CrashWatch {
  private crashes: string[] = []
  private readonly note = (error: unknown): void => {
    this.crashes.push(error instanceof Error ? `uncaught ${error.name}` : String(error))
  }

  constructor() {
    process.on('uncaughtException', this.note)
    process.on('unhandledRejection', this.note)
  }

  /** What came up since the last call. */
  take(): string[] {
    const taken = this.crashes
    this.crashes = []
    return taken
  }

  close(): void {
    process.off('uncaughtException', this.note)
    process.off('unhandledRejection', this.note)
  }
}
