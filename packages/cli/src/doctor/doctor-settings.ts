import { isLoopbackHost } from '@parley/core'
import type { CommandIo } from '../command.ts'
import { CliUsageError } from '../errors.ts'
import { parseFlags, parseNumber } from '../parse-flags.ts'
import { botEndpointOf } from '../project/bot-endpoint.ts'
import { readProjectEnvironment } from '../project/project-environment.ts'
import type { ProjectEnvironment } from '../project/project-environment.ts'

/** What `parley doctor` was asked to do. */
export interface DoctorSettings {
  readonly endpoint: URL
  readonly project: ProjectEnvironment
  /** A running service the bot works with. */
  readonly service: URL | undefined
  /** The Direct Line secret of that service. */
  readonly secret: string | undefined
  readonly login: URL | undefined
  /** Whether the login service of the cloud may be asked. */
  readonly online: boolean
  readonly turn: boolean
  readonly timeoutMs: number
  readonly json: boolean
  /** The folder of the bot. */
  readonly folder: string
}

const FLAGS = {
  bot: { type: 'string' },
  service: { type: 'string' },
  secret: { type: 'string' },
  login: { type: 'string' },
  online: { type: 'boolean', default: false },
  'no-turn': { type: 'boolean', default: false },
  timeout: { type: 'string', default: '5' },
  json: { type: 'boolean', default: false },
} as const

/** Reads the command line, the environment and `.env`. @throws CliUsageError `CLI_USAGE` saying what cannot be understood. */
export function readDoctorSettings(args: readonly string[], { cwd, env }: CommandIo): DoctorSettings {
  const { values } = parseFlags(args, FLAGS)
  const project = readProjectEnvironment(cwd, env)
  return {
    endpoint: botEndpointOf(values.bot, project),
    project,
    service: safeAddress('--service', values.service),
    secret: values.secret ?? project.variables['DIRECTLINE_SECRET'],
    login: safeAddress('--login', values.login),
    online: values.online,
    turn: !values['no-turn'],
    timeoutMs: parseNumber('--timeout', values.timeout, { min: 0.1, max: 60 }) * 1000,
    json: values.json,
    folder: cwd,
  }
}

/** Secrets travel there. */
function safeAddress(flag: string, text: string | undefined): URL | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)))) return url
  throw new CliUsageError(`${flag} must be an https address, or an http one on this machine.`)
}
