import { randomBytes, randomUUID } from 'node:crypto'
import type { DeterministicOptions } from '@parley/service'
import { BOT_FLAGS } from '../direct-line/reach-bot.ts'
import type { BotFlags, ChatUser } from '../direct-line/reach-bot.ts'
import { CliUsageError } from '../errors.ts'
import { parseFlags, parseNumber } from '../parse-flags.ts'
import { CANONICAL } from './canonical-transcript.ts'

/** What the `parley transcript` commands have in common. */
export interface TranscriptOptions {
  readonly names: readonly string[]
  readonly flags: BotFlags
  readonly deterministic: DeterministicOptions
  /** Somebody new for every conversation, so that none begins with what the bot remembers of another. */
  readonly newUser: () => ChatUser
  readonly timeoutMs: number
  readonly waitMs: number
  readonly json: boolean
  readonly out: string | undefined
  readonly force: boolean
  readonly ignore: readonly string[]
  readonly update: boolean
  readonly junit: string | undefined
}

const MAX_SECONDS = 3600

/**
 * Reads the command line of a `parley transcript` command.
 *
 * @param own - The options only this command has.
 * @throws CliUsageError `CLI_USAGE`
 */
export function readTranscriptOptions(
  args: readonly string[],
  { own, maxNames }: { readonly own: readonly string[]; readonly maxNames: number },
): TranscriptOptions {
  const { values, positionals } = parseFlags(
    args,
    {
      ...BOT_FLAGS,
      seed: { type: 'string' },
      'start-at': { type: 'string', default: CANONICAL.startAt },
      timeout: { type: 'string', default: '15' },
      wait: { type: 'string', default: '2' },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
      force: { type: 'boolean', default: false },
      ignore: { type: 'string', multiple: true, default: [] as string[] },
      update: { type: 'boolean', default: false },
      junit: { type: 'string' },
    },
    { maxPositionals: maxNames },
  )
  const { seed, 'start-at': startAt, timeout, wait, json, out, force, ignore, update, junit, ...flags } = values
  const given = { out, force, ignore: ignore.length > 0, update, junit }
  const foreign = Object.entries(given).find(
    ([name, value]) => value !== undefined && value !== false && !own.includes(name),
  )
  if (foreign) throw new CliUsageError(`--${foreign[0]} is for another command.`)
  if (Number.isNaN(Date.parse(startAt)))
    throw new CliUsageError('--start-at must be a time such as 2020-01-01T00:00:00Z.')
  const seconds = (flag: string, text: string): number => parseNumber(flag, text, { min: 0, max: MAX_SECONDS }) * 1000
  let count = 0
  return {
    names: positionals,
    flags,
    deterministic: { seed: seed ?? randomUUID(), startAt },
    newUser: () => {
      count++
      const id = seed === undefined ? `dl_${randomBytes(9).toString('hex')}` : `${CANONICAL.userId}${count}`
      return { id, name: 'User' }
    },
    timeoutMs: seconds('--timeout', timeout),
    waitMs: seconds('--wait', wait),
    json,
    out,
    force,
    ignore,
    update,
    junit,
  }
}
