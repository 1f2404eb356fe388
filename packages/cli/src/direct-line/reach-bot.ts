import { PortInUseError, SERVICE_FLAGS, startService } from '@parley/service'
import type { DeterministicOptions, Service } from '@parley/service'
import { isLoopbackHost } from '@parley/core'
import { pino } from 'pino'
import type { CommandIo } from '../command.ts'
import { readDevSettings } from '../dev/dev-settings.ts'
import type { DevSettings } from '../dev/dev-settings.ts'
import { CliUnreachableError, CliUsageError } from '../errors.ts'
import { CLOUD_ADDRESS, directLineAddress } from './direct-line-address.ts'
import { DirectLineConversation } from './direct-line-conversation.ts'
import { openPageSession } from './page-session.ts'

/** Who talks to the bot. */
export interface ChatUser {
  readonly id: string
  readonly name?: string
}

/** A bot that can be talked to. */
export interface ReachedBot {
  /** How the bot is called. */
  readonly name: string
  /** Where it is, for people. */
  readonly place: string
  /** The service, when it runs in this process. */
  readonly service: Service | undefined
  /** Begins a conversation. @throws as `DirectLineConversation.start`. */
  begin(user: ChatUser): Promise<DirectLineConversation>
  /** Ends the service, when it runs in this process. */
  close(): Promise<void>
}

type BotFlagName = keyof typeof SERVICE_FLAGS | 'bot' | 'service' | 'secret' | 'token' | 'locale'

/** Options of the commands that talk to a bot, in the form of `parseArgs` of node:util. */
export const BOT_FLAGS: Readonly<Record<BotFlagName, { readonly type: 'string' }>> = {
  ...SERVICE_FLAGS,
  bot: { type: 'string' },
  service: { type: 'string' },
  secret: { type: 'string' },
  token: { type: 'string' },
  locale: { type: 'string' },
}

/** What they mean, for help texts. */
export const BOT_FLAGS_HELP: string = `\
  --bot <address>       the bot's endpoint, default http://localhost:3978/api/messages; 3980 and localhost:3980 are completed
                        to it. The service is started here, with the options of parley dev, unless one already runs on its
                        port: then that is used. App id and password are those of the environment or of .env in this folder
  --service <address>   talks to a running service, of this machine or another: https://directline.botframework.com is the
                        cloud's, and the default with --secret or --token
  --secret <text>       its Direct Line secret; prefer the variable                                       (DIRECTLINE_SECRET)
  --token <text>        a token instead, good for one conversation                                         (DIRECTLINE_TOKEN)
  --locale <tag>        the user's language, such as de-DE
`

/** What was given of {@link BOT_FLAGS}. */
export type BotFlags = Readonly<Partial<Record<BotFlagName, string>>>

/**
 * Finds the bot: at a service that runs, or at one that is started here.
 *
 * @param deterministic - For a service that is started here.
 * @throws CliUsageError `CLI_USAGE`: options that do not go together, or nobody knows the bot's credentials.
 * @throws CliUnreachableError `CLI_UNREACHABLE`: the service cannot be started.
 */
export async function reachBot(
  flags: BotFlags,
  io: CommandIo,
  deterministic?: DeterministicOptions,
): Promise<ReachedBot> {
  const { locale, service, token = filled(io.env['DIRECTLINE_TOKEN']), secret, ...serviceFlags } = flags
  const isRemote = service !== undefined || secret !== undefined || flags.token !== undefined
  if (!isRemote) return startHere(serviceFlags, io, locale, deterministic)
  if (flags.bot !== undefined)
    throw new CliUsageError('--bot starts a service for the bot, --service uses another: give one of them.')
  if (secret !== undefined && flags.token !== undefined) throw new CliUsageError('Give --secret or --token, not both.')
  const credentials = flags.token === undefined ? (secret ?? filled(io.env['DIRECTLINE_SECRET'])) : undefined
  return reachService({ address: service ?? CLOUD_ADDRESS, secret: credentials, token, locale, botId: flags['bot-id'] })
}

interface ServiceAddress {
  readonly address: string
  readonly secret: string | undefined
  readonly token: string | undefined
  readonly locale: string | undefined
  readonly botId: string | undefined
}

function reachService({ address, secret, token, locale, botId }: ServiceAddress): ReachedBot {
  // Wrong addresses are told of before anything is begun.
  const { hostname } = new URL(directLineAddress(address))
  let isUsed = false
  return {
    name: 'Bot',
    place: address,
    service: undefined,
    async begin(user) {
      const common = { service: address, user, ...given(locale) }
      if (secret !== undefined) return DirectLineConversation.start({ ...common, secret })
      if (token !== undefined) {
        if (isUsed) throw new CliUsageError('A token is good for one conversation; for another, use the secret.')
        isUsed = true
        return DirectLineConversation.start({ ...common, token })
      }
      if (!isLoopbackHost(hostname)) {
        throw new CliUsageError('The service asks for a secret: give DIRECTLINE_SECRET, or --token.')
      }
      const session = await openPageSession(address, user, botId)
      return DirectLineConversation.start({ ...common, token: session.token })
    },
    close: async () => {},
  }
}

async function startHere(
  flags: BotFlags,
  io: CommandIo,
  locale: string | undefined,
  deterministic: DeterministicOptions | undefined,
): Promise<ReachedBot> {
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`)
  const settings = readDevSettings(args, io)
  const { logLevel } = settings
  try {
    const logger = pino({ level: logLevel }, io.stderr)
    requireCredentials(settings)
    const service = await startService({
      ...settings.service,
      logger,
      ...(deterministic ? { deterministic } : {}),
    })
    return { ...reachedBotOf(service, locale), close: () => service.close() }
  } catch (error) {
    if (error instanceof PortInUseError || error instanceof CredentialsMissingError) {
      return joinRunning(settings, flags, locale, error)
    }
    throw error
  }
}

/** The first bot of a service in this process; whoever started the service closes it. */
export function reachedBotOf(service: Service, locale?: string): ReachedBot {
  const { url, directLineSecret: secret } = service
  return {
    name: service.bots[0]?.name ?? 'Bot',
    place: service.bots[0]?.endpoint ?? url,
    service,
    begin: (user) => DirectLineConversation.start({ service: url, secret, user, ...given(locale) }),
    close: async () => {},
  }
}

/** The bot is known only to the service that it already talks to. */
class CredentialsMissingError extends CliUsageError {}

function requireCredentials({ bot }: DevSettings): void {
  if (!bot.isSecretMadeUp) return
  throw new CredentialsMissingError(
    "The bot's app id and password are not known: give MicrosoftAppId and MicrosoftAppPassword as the bot has them, in the " +
      'environment or in .env in this folder, or run parley dev in another terminal.',
  )
}

/** Another program has the port. If it is a service for the same bot, for instance of `parley dev`, it is as good as ours. */
async function joinRunning(
  { service: { host = '127.0.0.1', port = DEFAULT_PORT, directLineSecret }, bot }: DevSettings,
  flags: BotFlags,
  locale: string | undefined,
  reason: Error,
): Promise<ReachedBot> {
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const botId = flags['bot-id']
  const session = await openPageSession(address, { id: 'dl_parley' }, botId).catch(() => undefined)
  if (!session) throw reason instanceof PortInUseError ? portInUse(reason) : reason
  if (flags.bot !== undefined && session.endpoint !== bot.endpoint.href) {
    throw new CliUnreachableError(
      `The service at ${address} runs for another bot, ${session.endpoint}: stop it, or take another port with --port.`,
    )
  }
  const reached = reachService({ address, secret: directLineSecret, token: undefined, locale, botId })
  return { ...reached, name: session.name, place: `${session.endpoint} (service at ${address})` }
}

const DEFAULT_PORT = 3979

function portInUse(cause: PortInUseError): CliUnreachableError {
  return new CliUnreachableError(
    `Port ${cause.port} is in use by another program: stop it, or take another with --port.`,
    { cause },
  )
}

function given(locale: string | undefined): { locale?: string } {
  return locale === undefined ? {} : { locale }
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
