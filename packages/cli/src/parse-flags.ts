import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { CliUsageError } from './errors.ts'
import { nearestName } from './nearest-name.ts'

/** The options of a command, in the form of `parseArgs` of node:util. */
export type FlagDefinitions = NonNullable<ParseArgsConfig['options']>

/** What was given, typed by the definitions. */
export type ParsedFlags<F extends FlagDefinitions> = ReturnType<
  typeof parseArgs<{ args: string[]; options: F; strict: true; allowPositionals: true }>
>

/**
 * Reads the options of a command.
 *
 * @param maxPositionals - How many words that are no options there may be. Default none.
 * @throws {@link CliUsageError} `CLI_USAGE` naming the option that is unknown, lacks its value or has one too many.
 */
export function parseFlags<const F extends FlagDefinitions>(
  args: readonly string[],
  flags: F,
  { maxPositionals = 0 }: { readonly maxPositionals?: number } = {},
): ParsedFlags<F> {
  const parsed = parse(args, flags)
  const extra = parsed.positionals[maxPositionals]
  if (extra !== undefined) throw new CliUsageError(`There is one word too many: ${JSON.stringify(extra)}.`)
  return parsed
}

function parse<const F extends FlagDefinitions>(args: readonly string[], flags: F): ParsedFlags<F> {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: true })
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const [sentence = message] = message.split(/\. |\n/)
    throw new CliUsageError(`${sentence.replace(/\.$/, '')}.${suggestion(code, sentence, flags)}`, { cause })
  }
}

function suggestion(code: string | undefined, sentence: string, flags: FlagDefinitions): string {
  const typed = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? /'--([^']+)'/.exec(sentence)?.[1] : undefined
  const meant = typed === undefined ? undefined : nearestName(typed, Object.keys(flags))
  return meant === undefined ? '' : ` Did you mean --${meant}?`
}

/**
 * A number given as an option.
 *
 * @param flag - For the message, e.g. `--timeout`.
 * @throws {@link CliUsageError} `CLI_USAGE` when it is no number, or not between `min` and `max`.
 */
export function parseNumber(
  flag: string,
  text: string,
  { min, max, whole = false }: { readonly min: number; readonly max: number; readonly whole?: boolean },
): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value
  const kind = whole ? 'whole number' : 'number'
  throw new CliUsageError(`${flag} must be a ${kind} from ${min} to ${max}, not ${JSON.stringify(text)}.`)
}

/** The arguments before a `--`, and the command after it, `undefined` when there is no `--`. */
export function splitCommand(args: readonly string[]): {
  readonly own: readonly string[]
  readonly command: readonly string[] | undefined
} {
  const at = args.indexOf('--')
  return at === -1 ? { own: args, command: undefined } : { own: args.slice(0, at), command: args.slice(at + 1) }
}
