import { RoleTypes } from '../accounts.ts'
import type { ChannelAccount } from '../accounts.ts'
import { TranscriptInvalidError } from './transcript-invalid-error.ts'

/** Who takes part in a chat. */
export interface ChatHeader {
  readonly users: readonly [ChannelAccount, ...ChannelAccount[]]
  readonly bot: ChannelAccount
  readonly channelId: string | undefined
  /** How many lines the header has. */
  readonly length: number
}

/**
 * Reads the lines `user=`, `users=`, `bot=` and `channelId=` at the beginning of a chat.
 *
 * @throws {@link TranscriptInvalidError} `CORE_TRANSCRIPT_INVALID`: another setting.
 */
export function parseChatHeader(lines: readonly string[], placeOf: (line: number) => string): ChatHeader {
  const settings = new Map<string, string>()
  let length = 0
  for (; length < lines.length; length++) {
    const line = lines[length]?.trim() ?? ''
    if (line === '') continue
    const [, name = '', value = ''] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? []
    if (!name) break
    if (!['user', 'users', 'bot', 'channelid'].includes(name.toLowerCase())) {
      throw new TranscriptInvalidError(
        placeOf(length + 1),
        `the setting ${name} is unknown; there are user, users, bot and channelId.`,
      )
    }
    settings.set(name.toLowerCase(), value)
  }
  const [first = 'User', ...others] = namesIn(settings.get('users') ?? settings.get('user') ?? '')
  return {
    users: [accountOf(first, RoleTypes.User), ...others.map((name) => accountOf(name, RoleTypes.User))],
    bot: accountOf(settings.get('bot') || 'Bot', RoleTypes.Bot),
    channelId: settings.get('channelid') || undefined,
    length,
  }
}

/** Names with commas between them. */
export function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
}

/** The id of an account is its name in lower case, as with `TestAdapter`. */
export function accountOf(name: string, role: RoleTypes): ChannelAccount {
  return { id: name.toLowerCase(), name, role }
}
