import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { CliUsageError } from '../errors.ts'

/** The variables a bot in a folder would see. */
export interface ProjectEnvironment {
  /** Those of the process, and those of `.env` that the process lacks. Empty ones count as missing. */
  readonly variables: Readonly<Record<string, string>>
  /** What `.env` says; empty without one. */
  readonly dotEnv: Readonly<Record<string, string>>
  /** Whether there is a `.env`. */
  readonly hasDotEnv: boolean
}

/**
 * Reads `.env` in a folder, with Node's own parser; the environment goes before it, as for a bot that loads it.
 *
 * @throws CliUsageError `CLI_USAGE` when there is a `.env` that cannot be read.
 */
export function readProjectEnvironment(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): ProjectEnvironment {
  const text = readDotEnv(folder)
  const dotEnv = filled(text === undefined ? {} : parseEnv(text))
  return { variables: { ...dotEnv, ...filled(environment) }, dotEnv, hasDotEnv: text !== undefined }
}

function readDotEnv(folder: string): string | undefined {
  const file = join(folder, '.env')
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new CliUsageError(`${file} cannot be read (${code}): correct its permissions, or remove it.`, { cause })
  }
}

function filled(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const isFilled = (entry: [string, string | undefined]): entry is [string, string] => Boolean(entry[1])
  return Object.fromEntries(Object.entries(variables).filter(isFilled))
}
