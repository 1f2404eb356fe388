import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A bot in a process of its own, on the packages that are installed in a folder. */
export class ThirdPartyBot {
  private readonly child: ChildProcess
  private readonly ended: Promise<void>
  private readonly heard: EventEmitter = new EventEmitter()
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
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
        this.heard.emit('output')
      })
    }
    this.ended = new Promise((resolve) => this.child.once('close', () => resolve()))
  }

  /** Waits until it listens. @returns the address at which it does. */
  async address(): Promise<string> {
    const [, port] = await this.hasWritten(/^port (\d+)$/m)
    return `http://127.0.0.1:${port}`
  }

  /** What it has complained about. */
  get complaints(): string {
    return this.output.replace(/^port \d+$/m, '').trim()
  }

  /** Waits for something in its output: it may arrive after an answer. Rejects when the bot ends without it. */
  async hasWritten(text: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = text.exec(this.output)
      if (found) return found
      const more = once(this.heard, 'output').then(() => true)
      if (!(await Promise.race([more, this.ended]))) throw new Error(`The bot has ended. ${this.output}`)
    }
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }
}
