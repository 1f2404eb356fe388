import { randomBytes } from 'node:crypto'
import { EXIT } from '../command.ts'
import type { Command, CommandIo } from '../command.ts'
import { BOT_FLAGS, BOT_FLAGS_HELP, reachBot } from '../direct-line/reach-bot.ts'
import type { ChatUser, ReachedBot } from '../direct-line/reach-bot.ts'
import { createOutput } from '../output.ts'
import type { Output } from '../output.ts'
import { parseFlags, parseNumber } from '../parse-flags.ts'
import { ChatSession } from './chat-session.ts'
import { InputHistory } from './input-history.ts'
import { interactiveChat } from './interactive-chat.ts'
import { PlainView } from './plain-view.ts'
import { exitCodeOf, scriptedChat } from './scripted-chat.ts'
import { TerminalView } from './terminal-view.ts'
import { stripToLine } from './strip-controls.ts'

const help = `Usage: parley chat [options]

Talks to a bot in the terminal. From a pipe it says each line, prints what the bot answers and ends after the last answer.

${BOT_FLAGS_HELP}
  --user <id>           who you are; default somebody new in every run
  --no-history          does not keep what you type; it is kept per folder, where only you may read it
  --wait <seconds>      from a pipe: how long to wait for a bot that takes a line and says nothing, default 2
  --json                writes every activity as a JSON line

In the chat, /help lists the commands, a number chooses a button, and Ctrl+C twice ends it.
The options of parley dev for the service, such as --port and --bot-id, count here too.

Examples:

  parley chat
  echo hi | parley chat --bot 3978
  DIRECTLINE_SECRET=… parley chat --service https://directline.botframework.com

Exit codes: 0 the end, 1 the bot did not take something, 2 the command line cannot be understood, 3 the bot or the service
cannot be reached, 130 interrupted.
`

const DEFAULT_WAIT = '2'
const MAX_WAIT_SECONDS = 600

/** `parley chat`: a conversation in the terminal, or from a pipe. */
export const chatCommand: Command = {
  name: 'chat',
  summary: 'talks to a bot in the terminal, or from a pipe',
  help,
  async run(args, io) {
    const { values } = parseFlags(args, {
      ...BOT_FLAGS,
      user: { type: 'string' },
      'no-history': { type: 'boolean', default: false },
      wait: { type: 'string', default: DEFAULT_WAIT },
      json: { type: 'boolean', default: false },
    })
    const { user, 'no-history': isForgetful, wait, json, ...flags } = values
    const waitMs = parseNumber('--wait', wait, { min: 0, max: MAX_WAIT_SECONDS }) * 1000
    const output = createOutput(io, { json })
    const bot = await reachBot(flags, io)
    const isTerminal = io.stdin.isTTY === true && io.stdout.isTTY === true && !json
    const chatter = chatUser(user)
    try {
      return isTerminal
        ? await chat(bot, io, output, chatter, isForgetful ? undefined : new InputHistory(io))
        : await pipe(bot, io, output, chatter, waitMs)
    } finally {
      await bot.close()
    }
  },
}

/** Somebody, or somebody nobody knows yet. */
export function chatUser(id: string = `dl_${randomBytes(6).toString('hex')}`): ChatUser {
  return { id, name: id.startsWith('dl_') ? 'User' : id }
}

async function chat(
  bot: ReachedBot,
  io: CommandIo,
  output: Output,
  user: ChatUser,
  history: InputHistory | undefined,
): Promise<number> {
  const view = new TerminalView(io, output, stripToLine(bot.name) || 'Bot')
  const session = new ChatSession({ bot, view, user, isLive: true })
  view.note(
    `Chat with ${stripToLine(bot.name)} at ${stripToLine(bot.place)}. /help lists commands, Ctrl+C twice ends it.`,
  )
  try {
    await session.begin()
    return await interactiveChat({ session, view, io, history })
  } finally {
    session.end()
  }
}

async function pipe(bot: ReachedBot, io: CommandIo, output: Output, user: ChatUser, waitMs: number): Promise<number> {
  const view = new PlainView(io, output)
  const session = new ChatSession({ bot, view, user, isLive: false })
  try {
    await session.begin()
    const isDone = await scriptedChat({ session, view, io, waitMs })
    return isDone ? exitCodeOf(session, isUnreachable(bot)) : EXIT.interrupted
  } finally {
    session.end()
  }
}

/** Whether a service that runs here cannot reach the bot. */
export function isUnreachable({ service }: ReachedBot): boolean {
  return service?.bots.some(({ problem }) => problem?.kind === 'bot-unreachable') ?? false
}
