import { TranscriptInvalidError } from './transcript-invalid-error.ts'

const COMMANDS = ['attachment', 'attachmentlayout', 'conversationupdate', 'delay', 'suggestions', 'typing'] as const

/** `[Name=argument]` in a chat. */
export interface ChatCommand {
  readonly name: (typeof COMMANDS)[number]
  /** Without the spaces around it; empty if there is none. */
  readonly argument: string
  readonly line: number
}

/** A bracket and the word in it; a link of Markdown or a box to tick may look the same until the word is known. */
const opening = /\[\s*(\w+)\s*([=:\]\s])/g
/** Commands of Chatdown that are not understood, also where they could be text. */
const unsupported = /^(?:adaptive|animation|audio|hero|media|oauth|receipt|signin|thumbnail|video)card$|^attachments$/

/**
 * Divides what somebody says into texts and commands. Other brackets are text.
 *
 * @throws {@link TranscriptInvalidError} `CORE_TRANSCRIPT_INVALID`: a command that is not supported, or does not end.
 */
export function splitChatBody(
  body: string,
  firstLine: number,
  placeOf: (line: number) => string,
): (string | ChatCommand)[] {
  const parts: (string | ChatCommand)[] = []
  let done = 0
  for (const match of body.matchAll(opening)) {
    const { index } = match
    if (index < done) continue
    const line = firstLine + countOf('\n', body.slice(0, index))
    const name = commandNamed(match, body, placeOf(line))
    if (!name) continue
    const end = body.indexOf(']', index)
    if (end === -1) throw new TranscriptInvalidError(placeOf(line), `[${match[1]} has no end; close it with "]".`)
    const argument = body.slice(index + match[0].length - 1, end)
    parts.push(body.slice(done, index), { name, argument: argument.replace(/^\s*[=:]/, '').trim(), line })
    // A command that has lines of its own leaves no empty line.
    const isAlone = /(^|\n)[^\S\n]*$/.test(body.slice(0, index)) && body[end + 1] === '\n'
    done = end + (isAlone ? 2 : 1)
  }
  parts.push(body.slice(done))
  return parts.filter((part) => part !== '')
}

function commandNamed(match: RegExpMatchArray, body: string, place: string): ChatCommand['name'] | undefined {
  const word = match[1]?.toLowerCase() ?? ''
  const name = COMMANDS.find((command) => command === word)
  if (name) return name
  const isSetting = match[2] === '=' && /(^|\n)\s*$/.test(body.slice(0, match.index))
  if (!isSetting && !unsupported.test(word)) return undefined
  const supported = 'Typing, Delay, Attachment, AttachmentLayout, Suggestions and ConversationUpdate'
  throw new TranscriptInvalidError(
    place,
    `[${match[1]}] is not supported; there are ${supported}. For a card, attach a file with its JSON: [Attachment=card.json hero].`,
  )
}

function countOf(character: string, text: string): number {
  return text.split(character).length - 1
}
