import { writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { ParleyError } from '@parley/core'
import { EXIT } from '../command.ts'
import type { CommandIo } from '../command.ts'
import { reachBot } from '../direct-line/reach-bot.ts'
import type { ReachedBot } from '../direct-line/reach-bot.ts'
import { CliUnreachableError, CliUsageError } from '../errors.ts'
import { createOutput } from '../output.ts'
import type { Output } from '../output.ts'
import { checkTranscript } from './check-transcript.ts'
import { ignoring } from './compare-activities.ts'
import type { IsIgnored } from './compare-activities.ts'
import { CliFileError, writeTranscriptFile } from './transcript-file.ts'
import { transcriptFiles } from './transcript-files.ts'
import { readTranscriptOptions } from './transcript-options.ts'
import type { TranscriptOptions } from './transcript-options.ts'
import { junitOf, printResult } from './transcript-report.ts'
import type { TranscriptResult } from './transcript-report.ts'

/** `parley transcript assert` */
export async function assertTranscripts(args: readonly string[], io: CommandIo): Promise<number> {
  const options = readTranscriptOptions(args, {
    own: ['ignore', 'update', 'junit'],
    maxNames: Number.POSITIVE_INFINITY,
  })
  if (options.names.length === 0) throw new CliUsageError('Say which transcripts to check: files or folders.')
  const isIgnored = ignoring(options.ignore)
  const files = await transcriptFiles(options.names, io.cwd)
  const handwritten = options.update ? files.find((file) => extname(file).toLowerCase() !== '.transcript') : undefined
  if (handwritten !== undefined)
    throw new CliUsageError(`--update writes .transcript files only, and not ${handwritten}.`)
  const output = createOutput(io, options)
  const bot = await reachBot(options.flags, io, options.deterministic)
  const results: TranscriptResult[] = []
  try {
    for (const file of files) {
      if (io.signal.aborted) break
      const result = await check(bot, file, { io, options, isIgnored })
      if (io.signal.aborted) break
      results.push(result)
      printResult(output, result)
    }
  } finally {
    await bot.close()
  }
  summarize(output, results)
  if (options.junit !== undefined) await writeJunit(resolve(io.cwd, options.junit), results)
  if (io.signal.aborted) return EXIT.interrupted
  return results.every(({ status }) => status === 'same' || status === 'updated') ? EXIT.ok : EXIT.failed
}

interface CheckPlace {
  readonly io: CommandIo
  readonly options: TranscriptOptions
  readonly isIgnored: IsIgnored
}

/** What is wrong with one file does not keep the others from being checked; that the bot is not there does. */
async function check(bot: ReachedBot, file: string, { io, options, isIgnored }: CheckPlace): Promise<TranscriptResult> {
  const startedAt = performance.now()
  const path = resolve(io.cwd, file)
  const { timeoutMs, waitMs } = options
  try {
    const play = { user: options.newUser(), timeoutMs, waitMs, signal: io.signal, isIgnored }
    const { turns, differences, seen } = await checkTranscript(bot, path, play)
    const durationMs = performance.now() - startedAt
    if (differences.length === 0) return { file, status: 'same', turns, differences, durationMs }
    if (!options.update || io.signal.aborted) return { file, status: 'different', turns, differences, durationMs }
    await writeTranscriptFile(path, seen)
    return { file, status: 'updated', turns, differences: [], durationMs }
  } catch (error) {
    if (!ParleyError.isParleyError(error) || error instanceof CliUnreachableError) throw error
    const durationMs = performance.now() - startedAt
    return { file, status: 'error', turns: 0, differences: [], error: error.message, durationMs }
  }
}

function summarize(output: Output, results: readonly TranscriptResult[]): void {
  const count = (wanted: TranscriptResult['status']): number => results.filter(({ status }) => status === wanted).length
  const counts = {
    same: count('same'),
    different: count('different'),
    updated: count('updated'),
    error: count('error'),
  }
  output.json({ type: 'summary', transcripts: results.length, ...counts })
  if (output.isJson) return
  const words = Object.entries(counts).filter(([, number]) => number > 0)
  const parts = words.map(([status, number]) => `${number} ${status}`).join(', ')
  output.line(`${results.length} ${results.length === 1 ? 'transcript' : 'transcripts'}: ${parts}`)
}

async function writeJunit(file: string, results: readonly TranscriptResult[]): Promise<void> {
  try {
    await writeFile(file, junitOf(results))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new CliFileError(`${file} cannot be written (${code}); choose another place.`, { cause })
  }
}
