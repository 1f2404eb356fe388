import { ParleyError } from '@parley/core'
import { EXIT } from './command.ts'
import type { Command, CommandIo } from './command.ts'
import { COMMANDS } from './commands.ts'
import { CliUnreachableError, CliUsageError } from './errors.ts'
import { nearestName } from './nearest-name.ts'

export interface ParleyOptions {
  /** What `parley --version` prints. */
  readonly version: string
  /** Default: all there are. */
  readonly commands?: readonly Command[]
}

/**
 * Runs the `parley` program: finds the command, prints help, and reports what went wrong on stderr. Never rejects.
 *
 * @param args - The arguments, without node and the program.
 * @returns the exit code.
 */
export async function runParley(
  args: readonly string[],
  io: CommandIo,
  { version, commands = COMMANDS }: ParleyOptions,
): Promise<number> {
  const [name, ...rest] = args
  try {
    if (name === '--version' || name === '-v') return print(io, `${version}\n`)
    if (name === undefined || isHelp(name)) return print(io, overview(commands))
    if (name === 'help') return print(io, rest[0] === undefined ? overview(commands) : find(rest[0], commands).help)
    const command = find(name, commands)
    if (asksForHelp(rest)) return print(io, command.help)
    return await command.run(rest, io)
  } catch (error) {
    const isKnown = commands.some((command) => command.name === name)
    io.stderr.write(describe(error, isKnown ? `parley ${name}` : 'parley'))
    return exitCodeOf(error)
  }
}

function print(io: CommandIo, text: string): number {
  io.stdout.write(text)
  return EXIT.ok
}

function isHelp(arg: string): boolean {
  return arg === '--help' || arg === '-h'
}

/** What follows `--` is somebody else's command line. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? undefined : end).some(isHelp)
}

function find(name: string, commands: readonly Command[]): Command {
  const command = commands.find((candidate) => candidate.name === name)
  if (command) return command
  if (name.startsWith('-')) throw new CliUsageError(`Unknown option ${JSON.stringify(name)}: the command comes first.`)
  const names = commands.map((known) => known.name)
  const meant = nearestName(name, names)
  const hint = meant === undefined ? `There is ${names.join(', ')}.` : `Did you mean ${meant}?`
  throw new CliUsageError(`There is no command ${JSON.stringify(name)}. ${hint}`)
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length), 0)
  return [
    'Usage: parley <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'parley <command> --help   what a command does, its options and exit codes',
    'parley --version          the version',
    '',
  ].join('\n')
}

/** What the user can put right is one sentence; anything else is our fault and shows where. */
function describe(error: unknown, program: string): string {
  if (!ParleyError.isParleyError(error)) return `${program}: ${error instanceof Error ? error.stack : String(error)}\n`
  const hint = exitCodeOf(error) === EXIT.usage ? ` See ${program} --help.` : ''
  return `${program}: ${error.message}${hint}\n`
}

/** Errors of the service that are about how it was called, not about what it met. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  CliUsageError.code,
  'SERVICE_USAGE',
  'SERVICE_OPTION',
  'SERVICE_HOST_NOT_LOOPBACK',
])

function exitCodeOf(error: unknown): number {
  if (!ParleyError.isParleyError(error)) return EXIT.failed
  if (USAGE_CODES.has(error.code)) return EXIT.usage
  const isDown = error.code === CliUnreachableError.code || error.code.startsWith('SERVICE_')
  return isDown ? EXIT.unreachable : EXIT.failed
}
