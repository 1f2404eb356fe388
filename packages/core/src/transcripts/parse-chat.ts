import { RoleTypes } from '../accounts.ts'
import type { ChannelAccount } from '../accounts.ts'
import { ActivityTypes } from '../activity-constants.ts'
import type { Activity } from '../activity.ts'
import { splitChatBody } from './chat-body.ts'
import type { ChatCommand } from './chat-body.ts'
import { readChatAttachment } from './chat-attachment.ts'
import type { ReadAttached } from './chat-attachment.ts'
import { accountOf, namesIn, parseChatHeader } from './chat-header.ts'
import type { ChatHeader } from './chat-header.ts'
import type { TranscriptEntry } from './transcript-entry.ts'
import { TranscriptInvalidError } from './transcript-invalid-error.ts'

/** Everything from one `name:` to the next. What stands before the first has no speaker. */
interface Section {
  readonly from?: ChannelAccount
  readonly recipient?: ChannelAccount
  readonly line: number
  body: string
}

/** The file a chat is in. */
interface ChatFile {
  /** Without its folder. */
  readonly name: string
  readonly readAttached: ReadAttached
}

type Message = Pick<Activity, 'attachments' | 'attachmentLayout' | 'suggestedActions'>

/**
 * Reads a chat in the format of Chatdown. `[Delay]` is read and not obeyed: a test waits for nobody. A chat in which the bot
 * speaks first begins with its users joining.
 *
 * @throws {@link TranscriptInvalidError} `CORE_TRANSCRIPT_INVALID`: with the line.
 * @see https://github.com/microsoft/botframework-cli/blob/main/packages/chatdown/docs/chatdown-format.md
 */
export async function parseChat(text: string, { name, readAttached }: ChatFile): Promise<TranscriptEntry[]> {
  const lines = text.split(/\r?\n/)
  const placeOf = (line: number): string => `${name}:${line}`
  const header = parseChatHeader(lines, placeOf)
  const entries: TranscriptEntry[] = []
  for (const section of splitSections(lines, header, placeOf)) {
    entries.push(...(await parseSection(section, header, { readAttached, placeOf })))
  }
  const [first] = entries
  if (first?.activity.from?.role !== RoleTypes.Bot) return entries
  const joining = { ...frame(header), type: ActivityTypes.ConversationUpdate, membersAdded: [...header.users] }
  return [{ activity: joining, line: first.line }, ...entries]
}

function splitSections(lines: readonly string[], header: ChatHeader, placeOf: (line: number) => string): Section[] {
  const sections: Section[] = []
  for (const [index, text] of lines.entries()) {
    if (index < header.length) continue
    const line = index + 1
    const opened = openSection(text, header, { line, place: placeOf(line), previous: sections })
    const current = sections.at(-1)
    if (opened) sections.push(opened)
    else if (current) current.body += `\n${text}`
    else sections.push({ line, body: text })
  }
  return sections
}

/** `Joe: …`, `bot: …` or `bot->Joe: …`; any other line continues the one before. */
function openSection(
  text: string,
  { users, bot }: ChatHeader,
  { line, place, previous }: { line: number; place: string; previous: readonly Section[] },
): Section | undefined {
  const [, name = '', target, body = ''] = /^\s*([^:[\]]+?)\s*(?:->\s*([^:[\]]+?)\s*)?:\s?(.*)$/.exec(text) ?? []
  const user = isNamed(name, 'user') ? users[0] : users.find((candidate) => isNamed(name, candidate.name))
  if (user) return { from: user, recipient: bot, line, body }
  if (!isNamed(name, 'bot') && !isNamed(name, bot.name)) return undefined
  if (target === undefined) {
    const lastUser = previous.findLast(({ from }) => from?.role === RoleTypes.User)?.from
    return { from: bot, recipient: lastUser ?? users[0], line, body }
  }
  const recipient = isNamed(target, 'user') ? users[0] : users.find((candidate) => isNamed(target, candidate.name))
  // Somebody who has only joined, with [ConversationUpdate], is not in the header.
  if (/^[\w .-]+$/.test(target))
    return { from: bot, recipient: recipient ?? accountOf(target, RoleTypes.User), line, body }
  throw new TranscriptInvalidError(place, `the bot speaks to nobody: ${target}.`)
}

function isNamed(name: string, wanted: string | undefined): boolean {
  return name.toLowerCase() === wanted?.toLowerCase()
}

async function parseSection(
  { from, recipient, line, body }: Section,
  header: ChatHeader,
  { readAttached, placeOf }: { readAttached: ReadAttached; placeOf: (line: number) => string },
): Promise<TranscriptEntry[]> {
  const entries: TranscriptEntry[] = []
  const base = { ...frame(header), ...(from && { from }), ...(recipient && { recipient }) }
  let message: Message = {}
  let texts: string[] = []
  let start = line

  const endMessage = (next: number): void => {
    const text = texts.join('').trim()
    if (text !== '' || Object.keys(message).length > 0) {
      if (!from) throw new TranscriptInvalidError(placeOf(start), 'nobody says this; begin it with "user:" or "bot:".')
      entries.push({
        activity: { ...base, type: ActivityTypes.Message, ...(text && { text }), ...message },
        line: start,
      })
    }
    ;[message, texts, start] = [{}, [], next]
  }

  for (const part of splitChatBody(body, line, placeOf)) {
    if (typeof part === 'string') texts.push(part)
    else if (part.name === 'typing') {
      endMessage(part.line)
      if (!from) throw new TranscriptInvalidError(placeOf(part.line), 'nobody types; begin it with "user:" or "bot:".')
      entries.push({ activity: { ...base, type: ActivityTypes.Typing }, line: part.line })
    } else if (part.name === 'conversationupdate') {
      endMessage(part.line)
      entries.push({ activity: conversationUpdate(part, header, placeOf(part.line)), line: part.line })
    } else if (part.name !== 'delay')
      message = { ...message, ...(await messageField(part, message, readAttached, placeOf)) }
  }
  endMessage(line)
  return entries
}

async function messageField(
  { name, argument, line }: ChatCommand,
  { attachments = [] }: Message,
  readAttached: ReadAttached,
  placeOf: (line: number) => string,
): Promise<Message> {
  if (name === 'attachment') {
    return { attachments: [...attachments, await readChatAttachment(argument, readAttached, placeOf(line))] }
  }
  if (name === 'attachmentlayout') return { attachmentLayout: argument.toLowerCase() }
  const titles = argument.split('|').map((title) => title.trim())
  const actions = titles.map((title) => ({ type: 'imBack', title, value: title }))
  return { suggestedActions: { actions } as NonNullable<Activity['suggestedActions']> }
}

function conversationUpdate({ argument }: ChatCommand, header: ChatHeader, place: string): Partial<Activity> {
  const { users, bot } = header
  const members = (field: string): ChannelAccount[] => {
    const [, names = ''] = new RegExp(`${field}\\s*=([^=]*?)(?=[\\s;]+members|$)`, 'i').exec(argument) ?? []
    return namesIn(names).map((name) => {
      const known = [bot, ...users].find((account) => isNamed(name, account.name))
      return known ?? (isNamed(name, 'bot') ? bot : accountOf(name, RoleTypes.User))
    })
  }
  const [membersAdded, membersRemoved] = [members('membersAdded'), members('membersRemoved')]
  if (membersAdded.length + membersRemoved.length === 0) {
    throw new TranscriptInvalidError(
      place,
      'nobody comes or goes; write [ConversationUpdate=MembersAdded=<names>] or MembersRemoved=<names>.',
    )
  }
  return { ...frame(header), type: ActivityTypes.ConversationUpdate, membersAdded, membersRemoved }
}

/** What activities of the first user begin with. */
function frame({ users, bot, channelId }: ChatHeader): Partial<Activity> {
  return { from: users[0], recipient: bot, ...(channelId === undefined ? {} : { channelId }) }
}
