import { parseArgs } from 'node:util'
import { isLoopbackHost } from '@parley/core'
import { HOST_NAMES } from '../bots/hosts.ts'
import type { HostName } from '../bots/hosts.ts'
import { CorpusUsageError } from '../cases/corpus-errors.ts'
import type { WorldPorts } from '../world/world.ts'

/** What the `parley-corpus` command was asked to do. */
export type CorpusCommand =
  | { readonly kind: 'help' }
  /** Print what a foreign bot must be told. */
  | { readonly kind: 'settings'; readonly ports: WorldPorts }
  | { readonly kind: 'fuzz'; readonly runs: number; readonly seed: number }
  | ({ readonly kind: 'foreign'; readonly url: string; readonly ports: WorldPorts } & Selection)
  | ({ readonly kind: 'parley'; readonly hosts: readonly HostName[]; readonly report: string | undefined } & Selection)

/** Which cases to play, and where to write what came of them. */
export interface Selection {
  /** Letters of families; empty for all. */
  readonly families: readonly string[]
  /** File for the results as JSON. */
  readonly json: string | undefined
}

/** Ports of the world a foreign bot is told about. */
const DEFAULT_PORTS = { identity: 3990, connector: 3991 } as const

/** Text of `--help`. */
export const HELP: string = `Usage: parley-corpus [options]

Plays attacks and faults against a bot and says what came of them. Without --url: against Parley, in process.

  --url <url>              another bot, on this machine, e.g. http://127.0.0.1:3978/api/messages;
                           inbound cases only. It must trust the world this command makes, see --settings,
                           and must reply once to every activity: a reply is how its handler is seen to run
  --settings               prints the settings such a bot needs, and ends
  --identity-port <n>      port of the identity side for --url, default ${DEFAULT_PORTS.identity}
  --connector-port <n>     port of the connector for --url, default ${DEFAULT_PORTS.connector}
  --host <name>            web host for Parley: ${HOST_NAMES.join(', ')} or all; default restify
  --family <letters>       plays these families only, e.g. J or J,B: J tokens, B bodies, H HTTP, R replay;
                           faults, Parley only: O connector, K credentials, S keys, Q state, M middleware,
                           T turns, L lifecycle, F delivery
  --json <file>            writes the results as JSON
  --report <file>          writes them as Markdown, for Parley and all its hosts
  --fuzz <n>               sends n random requests to Parley instead; node --expose-gc also measures memory
  --seed <n>               where the random choices begin, default 1
  --help                   shows this text

Ends with 0 when all is as required, with 1 when not, with 2 when it was asked something it does not understand.
`

const FLAGS = {
  url: { type: 'string' },
  settings: { type: 'boolean' },
  'identity-port': { type: 'string' },
  'connector-port': { type: 'string' },
  host: { type: 'string' },
  family: { type: 'string' },
  json: { type: 'string' },
  report: { type: 'string' },
  fuzz: { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

const FAMILIES = 'JBHROKSQMTLF'
const INBOUND_FAMILIES = 'JBHR'

/**
 * Reads the command line.
 *
 * @throws {@link CorpusUsageError} `TESTING_CORPUS_USAGE`: what cannot be understood, and what would do.
 */
export function parseArguments(args: readonly string[]): CorpusCommand {
  const flags = parseFlags(args)
  if (flags.help) return { kind: 'help' }
  const ports = {
    identity: parsePort('identity-port', flags['identity-port']) ?? DEFAULT_PORTS.identity,
    connector: parsePort('connector-port', flags['connector-port']) ?? DEFAULT_PORTS.connector,
  }
  if (flags.settings) return { kind: 'settings', ports }
  const runs = parseNumber('fuzz', flags.fuzz)
  if (runs === 0) throw new CorpusUsageError('--fuzz must be 1 or more.')
  if (runs !== undefined) return { kind: 'fuzz', runs, seed: parseNumber('seed', flags.seed) ?? 1 }
  const selection = { families: parseFamilies(flags.family, flags.url !== undefined), json: flags.json }
  if (flags.url !== undefined) return { kind: 'foreign', url: parseUrl(flags.url), ports, ...selection }
  const hosts = parseHosts(flags.report === undefined ? flags.host : 'all')
  return { kind: 'parley', hosts, report: flags.report, ...selection }
}

function parseFlags(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'] {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true, allowPositionals: false }).values
  } catch (cause) {
    throw new CorpusUsageError(`${(cause as Error).message.split('. ')[0]}; see parley-corpus --help.`, { cause })
  }
}

function parseNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new CorpusUsageError(`--${flag} must be a whole number.`)
  return Number(text)
}

function parsePort(flag: string, text: string | undefined): number | undefined {
  const port = parseNumber(flag, text)
  if (port !== undefined && port > 65_535) throw new CorpusUsageError(`--${flag} must be a port, 65535 at most.`)
  return port
}

function parseHosts(text = 'restify'): HostName[] {
  if (text === 'all') return [...HOST_NAMES]
  const host = HOST_NAMES.find((name) => name === text)
  if (!host) throw new CorpusUsageError(`--host must be ${HOST_NAMES.join(', ')} or all.`)
  return [host]
}

function parseFamilies(text: string | undefined, isForeign: boolean): string[] {
  const known = isForeign ? INBOUND_FAMILIES : FAMILIES
  const families = (text ?? '').split(',').filter(Boolean)
  const unknown = families.find((family) => family.length !== 1 || !known.includes(family))
  if (unknown !== undefined) throw new CorpusUsageError(`--family must be letters of ${known}.`)
  return families
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' || !isLoopbackHost(url.hostname)) {
    throw new CorpusUsageError('--url must be an http URL of this machine: the corpus attacks what it is pointed at.')
  }
  return url.href
}
