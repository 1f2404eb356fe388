import { SERVICE_FLAGS, serviceSettings } from '@parley/service'
import type { BotRegistration, LogLevel, ServiceFlags, ServiceOptions } from '@parley/service'
import { join, resolve } from 'node:path'
import type { CommandIo } from '../command.ts'
import { CliUsageError } from '../errors.ts'
import { parseFlags, splitCommand } from '../parse-flags.ts'
import { botEndpointOf, parseBotEndpoint } from '../project/bot-endpoint.ts'
import { readProjectEnvironment } from '../project/project-environment.ts'
import type { ProjectEnvironment } from '../project/project-environment.ts'
import { isOfSdkV4 } from '../project/sdk-packages.ts'
import { stateFolder } from '../project/state-folder.ts'
import { keptCredentials, makeUpCredentials } from './bot-credentials.ts'

/** Where the bot's app id comes from. */
export type CredentialsSource = 'given' | '.env' | 'made up' | 'data folder'

/** The bot that is worked on. */
export interface DevBot {
  readonly appId: string
  readonly secret: string
  /** Only for a bot of a single tenant. */
  readonly tenantId: string | undefined
  readonly endpoint: URL
  readonly source: CredentialsSource
  /** Whether the secret was made up here, so that the bot has to be told. */
  readonly isSecretMadeUp: boolean
  /** Whether it is written for SDK v4, which is told about a local service in its own way. */
  readonly isOfSdkV4: boolean
  /** The cloud that the service plays. */
  readonly cloud: 'public' | 'usGov'
}

/** What `parley dev` was asked to do. */
export interface DevSettings {
  readonly service: ServiceOptions
  readonly bot: DevBot
  /** The command that starts the bot; `undefined` when somebody else does. */
  readonly command: readonly string[] | undefined
  readonly project: ProjectEnvironment
  readonly logLevel: LogLevel
  readonly open: boolean
  readonly json: boolean
  readonly showSecret: boolean
}

const FLAGS = {
  ...SERVICE_FLAGS,
  bot: { type: 'string' },
  open: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  'show-secret': { type: 'boolean', default: false },
} as const

/**
 * Reads the command line, the environment and `.env`.
 *
 * @throws CliUsageError `CLI_USAGE`, ServiceUsageError `SERVICE_USAGE` saying what cannot be understood.
 */
export function readDevSettings(args: readonly string[], { cwd, env }: CommandIo): DevSettings {
  const { own, command } = splitCommand(args)
  const { bot: address, open, json, 'show-secret': showSecret, ...flags } = parseFlags(own, FLAGS).values
  if (command?.length === 0) throw new CliUsageError('After -- comes the command that starts the bot.')
  if (address !== undefined && flags['bot-endpoint'] !== undefined) {
    throw new CliUsageError('--bot and --bot-endpoint say the same: give one of them.')
  }
  const project = readProjectEnvironment(cwd, env)
  const { options, logLevel, source, isSecretMadeUp } = readService(flags, address, project, cwd)
  const [first, ...others] = options.bots ?? []
  if (!first) throw new TypeError('The service was given no bot.')
  // Also for a bot of the configuration file.
  const registration = address === undefined ? first : { ...first, endpoint: parseBotEndpoint(address) }
  const { dataFolder } = options
  const service = {
    ...keptKeys(env),
    ...options,
    bots: [registration, ...others],
    ...(dataFolder === undefined ? {} : { dataFolder: resolve(cwd, dataFolder) }),
  }
  const { cloud = 'public' } = options
  const bot = { ...describe(registration), source, isSecretMadeUp, isOfSdkV4: isOfSdkV4(cwd), cloud }
  return { service, bot, command, project, logLevel, open, json, showSecret }
}

/** A bot that keeps running while the service is started again has the keys of the run before. */
function keptKeys(env: CommandIo['env']): Pick<ServiceOptions, 'keysFolder'> {
  const folder = stateFolder(env)
  return folder === undefined ? {} : { keysFolder: join(folder, 'keys') }
}

interface ServiceReading {
  readonly options: ServiceOptions
  readonly logLevel: LogLevel
  readonly source: CredentialsSource
  readonly isSecretMadeUp: boolean
}

/** As `parley-service` reads it, with what the bot lacks filled in. */
function readService(
  given: ServiceFlags,
  address: string | undefined,
  project: ProjectEnvironment,
  cwd: string,
): ServiceReading {
  const flags = {
    ...given,
    ...(given.config === undefined ? {} : { config: resolve(cwd, given.config) }),
    'bot-endpoint': botEndpointOf(address ?? given['bot-endpoint'], project).href,
    // The variable is for the bot; what this command has to say comes as events.
    'log-level': given['log-level'] ?? 'silent',
  }
  const variables = withoutForeignTenant(project.variables)
  const appId = flags['bot-id'] ?? variables['MicrosoftAppId']
  if (appId === undefined) return withoutAppId(flags, variables, cwd)
  const ownSecret = flags['bot-secret'] ?? variables['MicrosoftAppPassword']
  const credentials = { 'bot-id': appId, 'bot-secret': ownSecret ?? makeUpCredentials().secret }
  const source = appId === project.dotEnv['MicrosoftAppId'] ? '.env' : 'given'
  return {
    ...serviceSettings({ ...flags, ...credentials }, variables),
    source,
    isSecretMadeUp: ownSecret === undefined,
  }
}

/** The bot is one of the configuration file, or gets its credentials here. */
function withoutAppId(flags: ServiceFlags, variables: Readonly<Record<string, string>>, cwd: string): ServiceReading {
  const configured = serviceSettings(flags, variables)
  const { bots = [], dataFolder } = configured.options
  if (bots.length > 0) return { ...configured, source: 'given', isSecretMadeUp: false }
  const { appId, secret } = dataFolder === undefined ? makeUpCredentials() : keptCredentials(resolve(cwd, dataFolder))
  const settings = serviceSettings({ ...flags, 'bot-id': appId, 'bot-secret': secret }, variables)
  return { ...settings, source: dataFolder === undefined ? 'made up' : 'data folder', isSecretMadeUp: true }
}

/** Bots that are not of a single tenant get their tokens from that of the Bot Framework, whatever `MicrosoftAppTenantId` says. */
function withoutForeignTenant(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { MicrosoftAppTenantId, ...others } = variables
  const appType = variables['MicrosoftAppType']?.toLowerCase() ?? 'multitenant'
  return appType === 'multitenant' || MicrosoftAppTenantId === undefined ? others : variables
}

/** What a bot of the configuration file does not have is empty, as in an environment. */
function describe(bot: BotRegistration): Pick<DevBot, 'appId' | 'secret' | 'tenantId' | 'endpoint'> {
  const { appId = '', secret = '', tenantId, endpoint } = bot
  return {
    appId,
    secret: (typeof secret === 'string' ? secret : secret[0]) ?? '',
    tenantId,
    endpoint: new URL(endpoint),
  }
}
