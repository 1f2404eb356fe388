import { EXIT } from '../command.ts'
import type { Command } from '../command.ts'
import { BOT_FLAGS_HELP } from '../direct-line/reach-bot.ts'
import { CliUsageError } from '../errors.ts'
import { assertTranscripts } from './assert-command.ts'
import { NEVER_COMPARED } from './compare-activities.ts'
import { recordTranscript } from './record-command.ts'
import { replayTranscript } from './replay-command.ts'

const help = `Usage: parley transcript record --out <file.transcript> [<file.chat>] [options]
       parley transcript replay <file> [--out <file.transcript>] [options]
       parley transcript assert <file or folder>... [options]

record  keeps a conversation: one in the terminal, one from the lines of a pipe, or one written down in a .chat file.
replay  says what the user said in a transcript, to the bot as it is now, and prints both sides.
assert  replays transcripts and compares what the bot says with what it said.

A transcript is a .transcript file (a JSON array of activities) or a .chat file (written by hand).

${BOT_FLAGS_HELP}
  --seed <text>         ids that are the same in every run, for a bot that is started anew for each; default: new ones
  --start-at <time>     when conversations begin, default 2020-01-01T00:00:00.000Z; activities are a second apart
  --timeout <seconds>   how long the bot may take to take something, default 15
  --wait <seconds>      how long to wait for replies that do not come at once, default 2
  --json                JSON lines: activities, or with assert results and a summary

record:
  --out <file>          where to keep it
  --force               also over a file that exists

assert:
  --ignore <pointer>    what else is not compared, several times if need be: /text, /attachments/*/content, /entities/**
  --update              writes what was seen into the .transcript files that differ
  --junit <file>        writes the results for a build server

Never compared: ${NEVER_COMPARED.join(', ')}; traces and typing.
A recorded text may have {{*}} for anything, and {{/expression/}} for what a regular expression matches.

Examples:

  echo hi | parley transcript record --out test/hello.transcript --bot 3978
  parley transcript assert test --junit results.xml

Exit codes: 0 all as recorded, 1 something differs or failed, 2 the command line cannot be understood, 3 the bot or the service
cannot be reached, 130 interrupted.
`

const SUBCOMMANDS: Readonly<Record<string, Command['run']>> = {
  record: recordTranscript,
  replay: replayTranscript,
  assert: assertTranscripts,
}

/** `parley transcript`: conversations as files. */
export const transcriptCommand: Command = {
  name: 'transcript',
  summary: 'records conversations, replays them, and checks that the bot still says the same',
  help,
  async run(args, io) {
    const [name = '', ...rest] = args
    const run = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined
    if (run) return (await run(rest, io)) ?? EXIT.ok
    throw new CliUsageError('Say what to do: record, replay or assert comes first.')
  },
}
