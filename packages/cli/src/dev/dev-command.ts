import { PortInUseError, SERVICE_FLAGS_HELP, startService } from '@parley/service'
import type { Service } from '@parley/service'
import { once } from 'node:events'
import { pino } from 'pino'
import { EXIT } from '../command.ts'
import type { Command, CommandIo } from '../command.ts'
import { CliUnreachableError } from '../errors.ts'
import { createOutput } from '../output.ts'
import type { Output } from '../output.ts'
import { portOf } from '../project/bot-endpoint.ts'
import { canConnect } from '../project/can-connect.ts'
import { runsOnArchivedSdk } from '../project/sdk-packages.ts'
import { awaitBot } from './await-bot.ts'
import { startEnvironment } from './bot-environment.ts'
import type { BotRun } from './bot-run.ts'
import { isTrouble } from './dev-event.ts'
import type { DevEvent } from './dev-event.ts'
import { listenToKeys } from './dev-keys.ts'
import { readDevSettings } from './dev-settings.ts'
import type { DevSettings } from './dev-settings.ts'
import { openBrowser } from './open-browser.ts'
import { readableLine } from './readable-line.ts'
import { printSummary, summaryOf } from './summary.ts'
import { SupervisedBot } from './supervised-bot.ts'

const help = `Usage: parley dev [options] [-- <command that starts the bot>]

Runs the local service for a bot you are working on, and, given its command, the bot too.

  --bot <address>             the bot's endpoint, default http://localhost:3978/api/messages;
                              3980 and localhost:3980 are completed to it
  --open                      opens the chat page in the browser
  --show-secret               prints the Direct Line secret
  --json                      writes JSON lines: started, event, stopped

The bot's app id, password, type and tenant are taken from the environment or from .env in this folder. A bot that has none
gets them made up: for this run, or with --data for all runs.

The command gets what the bot needs in its environment: MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppType, ChannelService
or, where package.json has botbuilder, the addresses of SDK v4, and PORT from the endpoint. A bot that ends is started again. In a terminal, r and Enter starts it again at once, and s and Enter
shows the Direct Line secret.

Options of the service:

${SERVICE_FLAGS_HELP}
The log level is silent unless it is given; logs go to stderr. Prefer variables for secrets: every user of the machine can read
command lines.

Examples:

  parley dev -- npm start
  parley dev --bot 3980 --data .parley
  parley dev --json --port 0 -- node dist/index.js

Exit codes: 0 stopped as asked, 2 the command line cannot be understood, 3 the service or the bot cannot be started.
`

const ARCHIVED_SDK =
  'The bot runs on the archived botbuilder, which gets no tokens from a local service: it hears, and cannot answer. To run it ' +
  'on Parley unchanged, write "botbuilder": "npm:@parley/botbuilder" in package.json and install.'

/** `parley dev`: the service and the bot, side by side. */
export const devCommand: Command = {
  name: 'dev',
  summary: 'runs the local service, and your bot beside it',
  help,
  async run(args, io) {
    const settings = readDevSettings(args, io)
    const output = createOutput(io, settings)
    if (settings.command) await requireFreeBotPort(settings.bot.endpoint)
    const service = await start(settings, io)
    try {
      await work(settings, io, output, service)
      return EXIT.ok
    } finally {
      await service.close()
      output.json({ type: 'stopped', at: new Date().toISOString() })
    }
  },
}

async function start({ service, logLevel }: DevSettings, { stderr }: CommandIo): Promise<Service> {
  try {
    return await startService({ ...service, logger: pino({ level: logLevel }, stderr) })
  } catch (cause) {
    if (!(cause instanceof PortInUseError)) throw cause
    throw new CliUnreachableError(
      `Port ${cause.port} is in use by another program: stop it, or take any free port with --port 0.`,
      { cause },
    )
  }
}

/** The bot would fail with less to say, or another one would be taken for it. */
async function requireFreeBotPort(endpoint: URL): Promise<void> {
  if (!(await canConnect(endpoint))) return
  const port = portOf(endpoint)
  throw new CliUnreachableError(
    `The bot's port ${port} is in use by another program: stop it, choose another port with --bot ${port + 2}, ` +
      'or leave the command out when that program is the bot.',
  )
}

async function work(settings: DevSettings, io: CommandIo, output: Output, service: Service): Promise<void> {
  const onEvent = (event: DevEvent): void => tell(output, event)
  service.onEvent(onEvent)
  output.json(summaryOf(settings, service))
  printSummary(output, settings, service, io.stdin.isTTY === true)
  if (runsOnArchivedSdk(io.cwd)) output.line(`${output.paint('yellow', '!')} ${ARCHIVED_SDK}`)
  const bot = look(settings, io, output, service, onEvent)
  const stopListening = listenToKeys(io, {
    r: () => bot.restart(),
    s: () => output.line(`  Direct Line secret: ${service.directLineSecret}`),
  })
  try {
    if (settings.open) await open(service.url, io, output)
    await Promise.race([untilAborted(io.signal), bot.failed])
  } finally {
    stopListening()
    await bot.stop()
  }
}

function look(
  { bot, command }: DevSettings,
  { cwd, env, stdin, stdout }: CommandIo,
  output: Output,
  service: Service,
  onEvent: (event: DevEvent) => void,
): BotRun {
  if (!command) return awaitBot(bot.endpoint, onEvent)
  const prefix = output.paint('cyan', 'bot |')
  const write = (text: string): void => text.split('\n').forEach((line) => output.line(`${prefix} ${line}`))
  return new SupervisedBot({
    command,
    cwd,
    env: { ...env, ...startEnvironment(bot, service) },
    endpoint: bot.endpoint,
    isAttended: stdin.isTTY === true,
    onLine: (line) => write(stdout.isTTY === true ? readableLine(line, output) : line),
    onEvent,
  })
}

function tell(output: Output, event: DevEvent): void {
  const now = new Date()
  output.json({ type: 'event', at: now.toISOString(), ...event })
  const sign = isTrouble(event) ? output.paint('yellow', '!') : output.paint('green', '*')
  output.line(`${output.paint('dim', now.toTimeString().slice(0, 8))} ${sign} ${event.message}`)
}

async function open(url: string, { env }: CommandIo, output: Output): Promise<void> {
  const problem = await openBrowser(url, env)
  if (problem !== undefined) output.note(`The browser cannot be opened (${problem}): go to ${url} yourself.`)
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}
