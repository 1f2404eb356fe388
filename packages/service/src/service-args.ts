import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { BotRegistration } from './bots/bot-registration.ts'
import { ServiceUsageError } from './errors.ts'
import type { ServiceCloudName } from './identity/service-cloud.ts'
import type { ServiceOptions } from './service-options.ts'

/** What the `parley-service` command was asked to do. */
export type ServiceCommand =
  | { readonly kind: 'help'; readonly text: string }
  | ({ readonly kind: 'start' } & ServiceSettings)

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const
/** How much is logged. */
export type LogLevel = (typeof LOG_LEVELS)[number]

/** The part of a help text that says what {@link SERVICE_FLAGS} mean. */
export const SERVICE_FLAGS_HELP: string = `\
  --port <number>             TCP port, default 3979; 0 takes any free one   (SERVICE_PORT)
  --host <address>            127.0.0.1 (default), ::1 or localhost          (SERVICE_HOST)
  --bot-id <id>               the bot's app id                               (MicrosoftAppId)
  --bot-secret <secret>       the bot's app password                         (MicrosoftAppPassword)
  --bot-tenant <id>           the bot's tenant, if it is of a single one     (MicrosoftAppTenantId)
  --bot-endpoint <url>        default http://localhost:3978/api/messages     (BOT_ENDPOINT)
  --bot-name <name>           shown on the chat page, default Bot            (BOT_NAME)
  --connection <name>         what users of the bot sign in to, several with
                              commas between them; default local             (connectionName)
  --directline-secret <text>  default a random one                           (DIRECTLINE_SECRET)
  --data <folder>             keeps conversations there, in service.sqlite;
                              default: they are forgotten at the end         (SERVICE_DATA)
  --cloud <name>              public or usGov: plays that cloud, for a bot that is configured for it
  --issuer <text>             issuer of the tokens sent to the bot, default the cloud's or the service's own address
  --config <file>             JSON file with the options of startService; what is given above goes before it
  --log-level <level>         ${LOG_LEVELS.join(', ')}; default info         (LOG_LEVEL)
`

const HELP = `Usage: parley-service [options]

Runs the service side of a bot on this machine: identity, Connector API, Direct Line and a chat page.

${SERVICE_FLAGS_HELP}  --help                      shows this text

Prefer the variables for secrets: command lines can be read by every user of the machine.
`

/** The options of `parley-service`, in the form of `parseArgs` of node:util, for programs that take them too. */
export const SERVICE_FLAGS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'bot-id': { type: 'string' },
  'bot-secret': { type: 'string' },
  'bot-tenant': { type: 'string' },
  'bot-endpoint': { type: 'string' },
  'bot-name': { type: 'string' },
  connection: { type: 'string' },
  'directline-secret': { type: 'string' },
  data: { type: 'string' },
  cloud: { type: 'string' },
  issuer: { type: 'string' },
  config: { type: 'string' },
  'log-level': { type: 'string' },
} as const

/** Options a configuration file may hold; the rest cannot be written as JSON. */
const CONFIG_KEYS: ReadonlySet<string> = new Set([
  'port',
  'host',
  'bots',
  'directLineSecret',
  'secondDirectLineSecret',
  'dataFolder',
  'keysFolder',
  'cloud',
  'issuer',
  'lifetimes',
  'retention',
  'botTimeoutMs',
  'teams',
  'meetings',
  'maxUploadBytes',
  'strictDirectLine',
  'maxBagBytes',
  'strictBotState',
  'legacyEmulator',
  'streamKeepAliveMs',
  'deterministic',
  'trustedOrigins',
  'publicOrigins',
  'inspector',
])

const DEFAULT_ENDPOINT = 'http://localhost:3978/api/messages'

/** What was given of {@link SERVICE_FLAGS}. */
export type ServiceFlags = Readonly<Partial<Record<keyof typeof SERVICE_FLAGS, string>>>
type Environment = Readonly<Record<string, string | undefined>>

/** How the service is to be started. */
export interface ServiceSettings {
  readonly options: ServiceOptions
  readonly logLevel: LogLevel
}

/**
 * Reads the command line of `parley-service`: flags go before the environment, the environment before the configuration file.
 *
 * @param args - The arguments, without node and the program.
 * @param environment - Usually `process.env`; an empty variable counts as missing.
 * @throws ServiceUsageError `SERVICE_USAGE` saying what cannot be understood.
 */
export function parseServiceArgs(args: readonly string[], environment: Environment = {}): ServiceCommand {
  const { help, ...flags } = parseFlags(args)
  return help === true ? { kind: 'help', text: HELP } : { kind: 'start', ...serviceSettings(flags, environment) }
}

/**
 * What {@link SERVICE_FLAGS} and the environment say: flags go before the environment, the environment before the
 * configuration file.
 *
 * @param environment - Usually `process.env`; an empty variable counts as missing.
 * @throws ServiceUsageError `SERVICE_USAGE` saying what cannot be understood.
 */
export function serviceSettings(flags: ServiceFlags, environment: Environment = {}): ServiceSettings {
  const config = flags.config === undefined ? {} : readConfig(flags.config)
  const pick = (flag: keyof ServiceFlags, variable: string): string | undefined =>
    flags[flag] ?? (environment[variable] || undefined)
  const bot = parseBot(pick)
  const options: ServiceOptions = {
    ...config,
    ...given('port', parsePort(pick('port', 'SERVICE_PORT'))),
    ...given('host', pick('host', 'SERVICE_HOST')),
    ...given('directLineSecret', pick('directline-secret', 'DIRECTLINE_SECRET')),
    ...given('dataFolder', pick('data', 'SERVICE_DATA')),
    // Checked with the other options.
    ...given('cloud', flags.cloud as ServiceCloudName | undefined),
    ...given('issuer', flags.issuer),
    ...(bot ? { bots: [bot, ...(config.bots ?? []).filter(({ appId }) => appId !== bot.appId)] } : {}),
  }
  return { options, logLevel: parseLogLevel(pick('log-level', 'LOG_LEVEL') ?? 'info') }
}

function parseFlags(args: readonly string[]): ServiceFlags & { readonly help?: boolean } {
  try {
    const options = { ...SERVICE_FLAGS, help: { type: 'boolean', short: 'h' } } as const
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (cause) {
    throw new ServiceUsageError(`${(cause as Error).message.split('. ')[0]}; see parley-service --help.`, { cause })
  }
}

function parseBot(
  pick: (flag: keyof ServiceFlags, variable: string) => string | undefined,
): BotRegistration | undefined {
  const appId = pick('bot-id', 'MicrosoftAppId')
  if (appId === undefined) return undefined
  const secret = pick('bot-secret', 'MicrosoftAppPassword')
  if (secret === undefined)
    throw new ServiceUsageError('--bot-id needs --bot-secret, or MicrosoftAppPassword in the environment.')
  return {
    appId,
    secret,
    endpoint: pick('bot-endpoint', 'BOT_ENDPOINT') ?? DEFAULT_ENDPOINT,
    ...given('tenantId', pick('bot-tenant', 'MicrosoftAppTenantId')),
    ...given('name', pick('bot-name', 'BOT_NAME')),
    ...given('connections', parseConnections(pick('connection', 'connectionName'))),
  }
}

function parseConnections(text: string | undefined): BotRegistration['connections'] {
  return text?.split(',').map((name) => ({ name: name.trim() }))
}

function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,5}$/.test(text))
    throw new ServiceUsageError(`The port must be a whole number, not ${JSON.stringify(text)}.`)
  return Number(text)
}

function parseLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === text)
  if (level === undefined) throw new ServiceUsageError(`The log level must be one of ${LOG_LEVELS.join(', ')}.`)
  return level
}

function readConfig(file: string): ServiceOptions {
  const value = parseConfig(file)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ServiceUsageError(`The configuration file ${file} must hold a JSON object.`)
  }
  const { bots = [] } = value as { readonly bots?: unknown }
  if (!Array.isArray(bots) || !bots.every((bot) => typeof bot === 'object' && bot !== null)) {
    throw new ServiceUsageError(`The configuration file ${file} must hold a list of objects as "bots".`)
  }
  const unknown = Object.keys(value).find((key) => !CONFIG_KEYS.has(key))
  if (unknown !== undefined) {
    throw new ServiceUsageError(`The configuration file ${file} has the unknown option ${JSON.stringify(unknown)}.`)
  }
  return value
}

function parseConfig(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'not valid JSON'
    throw new ServiceUsageError(`The configuration file ${file} cannot be read (${reason}).`, { cause })
  }
}

/** `{ [name]: value }`, or nothing when there is no value. */
function given<N extends string, V>(name: N, value: V | undefined): { readonly [K in N]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in N]?: V }
}
