import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { eventually } from '../eventually.ts'

/** A bot in a process of its own, on the packages that are installed in a folder. */
export class ThirdPartyBot {
  private readonly child: ChildProcess
  private readonly ended: Promise<void>
  private output = ''

  /**
   * @param program - Name of the file beside this one.
   * @param environment - All that the bot sees of its environment.
   */
  constructor(program: string, folder: string, environment: Readonly<Record<string, string>>) {
    const file = join(folder, basename(program))
    copyFileSync(join(__dirname, program), file)
    this.child = spawn(process.execPath, [file], { cwd: folder, env: { ...environment } })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    }
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()))
  }

  /** Waits until it listens. @returns the address at which it does. */
  async address(): Promise<string> {
    let port: string | undefined
    await eventually(() => {
      port = /^port (\d+)$/m.exec(this.output)?.[1]
      if (port === undefined) throw new Error(`The bot has not started. ${this.output}`)
    })
    return `http://127.0.0.1:${port}`
  }

  /** What it has complained about. */
  get complaints(): string {
    return this.output.replace(/^port \d+$/m, '').trim()
  }

  /** Waits until it has complained about something, which may arrive after its answer. */
  hasComplained(about: string): Promise<void> {
    return eventually(() => {
      if (!this.complaints.includes(about)) throw new Error(`The bot has not complained about ${about}. ${this.output}`)
    })
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }
}
