import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliUsageError } from '../errors.ts'

/** What a bot is known by. */
export interface BotCredentials {
  readonly appId: string
  readonly secret: string
}

const FILE = 'bot.json'

/** Credentials for a bot that has none, good for one run. */
export function makeUpCredentials(): BotCredentials {
  return { appId: randomUUID(), secret: randomBytes(24).toString('base64url') }
}

/**
 * The credentials kept in a data folder, made up when there are none yet. Only its owner may read the file.
 *
 * @throws CliUsageError `CLI_USAGE` when the folder or the file cannot be used.
 */
export function keptCredentials(dataFolder: string): BotCredentials {
  const file = join(dataFolder, FILE)
  try {
    const kept = read(file)
    if (kept) return kept
    const credentials = makeUpCredentials()
    mkdirSync(dataFolder, { recursive: true })
    writeFileSync(file, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
    return credentials
  } catch (cause) {
    if (cause instanceof CliUsageError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    throw new CliUsageError(`${file} cannot be used (${code}): correct its permissions, or choose another --data.`, {
      cause,
    })
  }
}

function read(file: string): BotCredentials | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const { appId, secret } = parse(text) as Partial<Record<keyof BotCredentials, unknown>>
  if (typeof appId === 'string' && typeof secret === 'string') return { appId, secret }
  throw new CliUsageError(`${file} does not hold an appId and a secret: remove it, and they are made up anew.`)
}

function parse(text: string): object {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
