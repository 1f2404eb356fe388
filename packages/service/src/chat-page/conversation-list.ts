import type { Conversations } from '../conversations/conversations.ts'
import type { WireActivity } from '../conversations/wire-activity.ts'
import type { ConversationRecord } from '../store/conversation-record.ts'

/** Conversations shown. */
const MAX_LISTED = 100

/** Read at once while looking for the newest. */
const PAGE_SIZE = 1_000

/** Entries at the end of a log among which something to show is looked for. */
const TAIL = 20

const MAX_PREVIEW_CHARS = 80

/** A conversation, as the page lists it. */
export interface ListedConversation {
  readonly id: string
  readonly channelId: string
  readonly user?: { readonly id: string; readonly name?: string }
  readonly createdAt: string
  /** When something was said last. */
  readonly lastAt?: string
  /** How often something was said, changed or taken back. */
  readonly activities: number
  readonly ended: boolean
  /** What was said last. */
  readonly preview?: string
}

/** The newest conversations of a bot, newest first. */
export function listNewest(conversations: Conversations, botId: string): readonly ListedConversation[] {
  return newest(conversations, botId).map((record) => describe(record, conversations))
}

function newest({ store }: Conversations, botId: string): readonly ConversationRecord[] {
  let last: readonly ConversationRecord[] = []
  let page: number | undefined = 0
  while (page !== undefined) {
    const { conversations, nextPage } = store.list({ botId, page, limit: PAGE_SIZE })
    last = [...last, ...conversations].slice(-MAX_LISTED)
    page = nextPage
  }
  return [...last].sort((a, b) => b.createdAt - a.createdAt)
}

function describe(record: ConversationRecord, { store }: Conversations): ListedConversation {
  const { id, channelId, user, createdAt, endedAt } = record
  const activities = store.lastSequence(id)
  const { changes } = store.readChanges(id, Math.max(0, activities - TAIL), { transient: false })
  const said = changes.map(({ activity }) => activity)
  const lastAt = said.at(-1)?.timestamp
  const preview = said.findLast(isWords)?.text
  return {
    id,
    channelId,
    ...(user ? { user: { id: user.id, ...(user.name === undefined ? {} : { name: user.name }) } } : {}),
    createdAt: new Date(createdAt).toISOString(),
    ...(lastAt === undefined ? {} : { lastAt }),
    activities,
    ended: endedAt !== undefined,
    ...(preview === undefined ? {} : { preview: preview.slice(0, MAX_PREVIEW_CHARS) }),
  }
}

function isWords(activity: WireActivity): activity is WireActivity & { readonly text: string } {
  const { type, text } = activity
  return type === 'message' && typeof text === 'string' && text !== ''
}
