import { isFields, textOf } from '../direct-line/wire-activity.ts'
import type { WireActivity } from '../direct-line/wire-activity.ts'

/** What of a conversation is different every time. */
export interface ConversationFacts {
  readonly conversationId: string
  readonly userId: string
  /** Address of the service, without a path. */
  readonly serviceOrigin: string
}

/** What stands for it in a transcript. */
export const CANONICAL = {
  conversationId: 'conversation',
  userId: 'dl_user',
  serviceOrigin: 'http://service.example',
  startAt: '2020-01-01T00:00:00.000Z',
} as const

const MS_BETWEEN_ACTIVITIES = 1000

/**
 * A transcript that is the same whenever the same was said: ids count up, times are a second apart, and the address of the
 * service, its files and its links to sign in have names instead of what chance gave them.
 */
export function canonicalTranscript(activities: readonly WireActivity[], facts: ConversationFacts): WireActivity[] {
  const canonicalText = canonicalTexts(activities, facts)
  return activities.map((activity, index) => ({
    ...(mapTexts(activity, canonicalText) as WireActivity),
    ...('timestamp' in activity ? { timestamp: timeOf(index) } : {}),
  }))
}

/** Gives what is different every time its name, in what is said in that conversation. */
export function canonicalActivity(
  activities: readonly WireActivity[],
  facts: ConversationFacts,
): (activity: WireActivity) => WireActivity {
  const canonicalText = canonicalTexts(activities, facts)
  return (activity) => mapTexts(activity, canonicalText) as WireActivity
}

function canonicalTexts(
  activities: readonly WireActivity[],
  { conversationId, userId, serviceOrigin }: ConversationFacts,
): (text: string) => string {
  const activityIds = new Map<string, string>()
  for (const { id } of activities) {
    const number = String(activityIds.size + 1).padStart(7, '0')
    if (textOf(id) !== '' && !activityIds.has(textOf(id))) {
      activityIds.set(textOf(id), `${CANONICAL.conversationId}|${number}`)
    }
  }
  const idsOfActivities = new RegExp(`${escape(conversationId)}\\|\\d+`, 'g')
  const files = new Map<string, string>()
  const host = serviceOrigin.replace(/^https?:\/\//, '')
  return (text) => {
    const isAboutThis = text.includes(conversationId) || text.includes(userId) || text.includes(host)
    if (!isAboutThis) return activityIds.get(text) ?? text
    return text
      .replace(idsOfActivities, (id) => activityIds.get(id) ?? id)
      .replaceAll(serviceOrigin, CANONICAL.serviceOrigin)
      .replaceAll(conversationId, CANONICAL.conversationId)
      .replaceAll(userId, CANONICAL.userId)
      .replace(fileAddress, (_all, path: string, id: string) => `${path}${nameOf(files, id)}`)
      .replace(signInAddress, '$1…')
  }
}

const fileAddress = /(service\.example\/v3\/attachments\/)([\da-f-]{36})/g
/** Links to sign in with are good for one conversation, and once. */
const signInAddress = /(service\.example\/[^\s"]*[?&]signin=)[\w.~%-]+/g

/** What a regular expression takes for itself. */
function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function nameOf(names: Map<string, string>, id: string): string {
  const name = names.get(id) ?? `file-${names.size + 1}`
  names.set(id, name)
  return name
}

function timeOf(index: number): string {
  return new Date(Date.parse(CANONICAL.startAt) + index * MS_BETWEEN_ACTIVITIES).toISOString()
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, map))
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, map)]))
}
