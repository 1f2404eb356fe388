import { readFile } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { contentTypeOf } from '@parley/core/internal'
import { isFields, fieldsOf, listOf, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'
import { CliFileError, writeTranscriptFile } from '../transcript/transcript-file.ts'
import type { ChatSession } from './chat-session.ts'
import type { ChatView } from './chat-view.ts'
import { stripControls, stripToLine } from './strip-controls.ts'

/** What the commands work with. */
export interface CommandPlace {
  readonly session: ChatSession
  readonly view: ChatView
  /** Folder that paths start from. */
  readonly cwd: string
}

interface ChatCommand {
  /** What follows the name, for the help. */
  readonly usage: string
  readonly summary: string
  /** @returns `'quit'` to end the chat. */
  run(argument: string, place: CommandPlace): Promise<'quit' | void> | 'quit' | void
}

/** What begins with a slash. */
const COMMANDS: Readonly<Record<string, ChatCommand>> = {
  help: { usage: '', summary: 'shows this', run: (_argument, { view }) => view.note(helpText()) },
  new: {
    usage: '[user]',
    summary: 'begins a new conversation, as another user if one is named',
    run: async (user, { session, view }) => {
      await session.begin(user === '' ? undefined : { id: user, name: user })
      view.note(`A new conversation, as ${session.conversation.userId}.`)
    },
  },
  user: {
    usage: '',
    summary: 'says who you are, and in which conversation',
    run: (_argument, { session, view }) => {
      const { userId, id } = session.conversation
      view.note(`You are ${stripToLine(userId)} in conversation ${stripToLine(id)}.`)
    },
  },
  upload: { usage: '<file>', summary: 'sends a file', run: upload },
  event: { usage: '<name> [json]', summary: 'sends an event', run: sendEvent },
  members: { usage: '', summary: 'lists who was seen in the conversation', run: members },
  typing: {
    usage: '',
    summary: 'tells the bot that you are typing',
    run: (_argument, { session }) => session.send({ type: 'typing' }),
  },
  json: { usage: '', summary: "shows the bot's last activity as JSON", run: showJson },
  save: { usage: '<file.transcript>', summary: 'saves the conversation', run: save },
  cancel: {
    usage: '',
    summary: 'leaves the questions of a card',
    run: (_argument, { session }) => void session.cancel(),
  },
  quit: { usage: '', summary: 'ends the chat', run: () => 'quit' },
}

/** Whether a line is a command; a line that begins with two slashes is said with one. */
export function isCommand(line: string): boolean {
  return /^\/[a-z]/i.test(line)
}

/** Does what a line says that begins with a slash. @returns `'quit'` to end the chat. */
export async function runChatCommand(line: string, place: CommandPlace): Promise<'quit' | void> {
  const [, name = '', argument = ''] = /^\/(\w+)\s*(.*)$/s.exec(line.trim()) ?? []
  const known = name.toLowerCase()
  const command = Object.hasOwn(COMMANDS, known) ? COMMANDS[known] : undefined
  if (command) return command.run(argument, place)
  place.view.problem(`There is no command /${name}; /help lists them. To say it, begin with two slashes.`)
}

/** Completes the name of a command, as `node:readline` asks. */
export function completeCommand(line: string): [string[], string] {
  if (!/^\/\w*$/.test(line)) return [[], line]
  const names = Object.entries(COMMANDS).map(([name, { usage }]) => `/${name}${usage === '' ? '' : ' '}`)
  return [names.filter((name) => name.startsWith(line.toLowerCase())), line]
}

function helpText(): string {
  const rows = Object.entries(COMMANDS).map(
    ([name, { usage, summary }]) => [`/${name} ${usage}`.trim(), summary] as const,
  )
  const width = Math.max(...rows.map(([usage]) => usage.length))
  const more = 'A number chooses the button or suggestion that has it. //text says /text.'
  return [...rows.map(([usage, summary]) => `${usage.padEnd(width)}  ${summary}`), more].join('\n')
}

async function upload(argument: string, { session, view, cwd }: CommandPlace): Promise<void> {
  const path = argument.replace(/^"(.*)"$/, '$1')
  if (path === '') return view.problem('Say which file: /upload picture.png')
  let bytes: Buffer
  try {
    bytes = await readFile(resolve(cwd, path))
  } catch (error) {
    return view.problem(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  const contentType = contentTypeOf(path) ?? 'application/octet-stream'
  await session.send({ type: 'message' }, [{ name: basename(path), contentType, bytes }])
}

async function sendEvent(argument: string, { session, view }: CommandPlace): Promise<void> {
  const [, name = '', json = ''] = /^(\S+)\s*(.*)$/s.exec(argument) ?? []
  if (name === '') return view.problem('Say which event: /event name {"any":"value"}')
  try {
    await session.send({ type: 'event', name, ...(json === '' ? {} : { value: JSON.parse(json) as unknown }) })
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    view.problem('The value of the event is no JSON.')
  }
}

function members(_argument: string, { session, view }: CommandPlace): void {
  const seen = new Map<string, string>()
  const note = (account: unknown): void => {
    const { id, name, role } = fieldsOf(account)
    const facts = [stripToLine(textOf(name)), stripToLine(textOf(role))].filter(Boolean).join(', ')
    if (textOf(id) !== '') seen.set(textOf(id), facts || (seen.get(textOf(id)) ?? ''))
  }
  note({ id: session.conversation.userId, role: 'user' })
  for (const { from, recipient, membersAdded } of session.says.log.activities) {
    for (const account of [from, recipient, ...listOf(membersAdded)]) if (isFields(account)) note(account)
  }
  view.note([...seen].map(([id, facts]) => `${stripToLine(id)}${facts === '' ? '' : ` (${facts})`}`).join('\n'))
}

function showJson(_argument: string, { session, view }: CommandPlace): void {
  const isOfBot = ({ from }: WireActivity): boolean => fieldsOf(from)['role'] !== 'user'
  const last = session.says.log.activities.findLast(isOfBot)
  view.note(last ? stripControls(JSON.stringify(last, undefined, 2)) : 'The bot has said nothing yet.')
}

async function save(argument: string, { session, view, cwd }: CommandPlace): Promise<void> {
  if (argument === '') return view.problem('Say where: /save hello.transcript')
  const file = resolve(cwd, extname(argument) === '' ? `${argument}.transcript` : argument)
  const { activities } = session.says.log
  try {
    await writeTranscriptFile(file, activities)
    view.note(`Saved ${activities.length} activities in ${file}.`)
  } catch (error) {
    if (!(error instanceof CliFileError)) throw error
    view.problem(error.message)
  }
}
