import { ServiceOptionError } from '../errors.ts'
import type { WireAccount, WireActivity } from './wire-activity.ts'
import { checkWireActivity } from './check-wire-activity.ts'

/** What a channel can have to say, beside what users say. */
export type SystemActivity =
  | 'membersAdded'
  | 'membersRemoved'
  | 'contactAdded'
  | 'contactRemoved'
  | 'installed'
  | 'uninstalled'
  | 'reactionsAdded'
  | 'reactionsRemoved'
  | 'typing'
  | 'endOfConversation'
  | 'deleteUserData'

/** Something the channel tells a bot: one of the usual things, or an activity of any kind. */
export type ChannelEvent =
  | {
      readonly system: SystemActivity
      /** Who joined, left or did it. Default the user of the conversation. */
      readonly member?: { readonly id: string; readonly name?: string }
      /** Type of the reaction. Default `like`. */
      readonly reaction?: string
      /** The message reacted to. Default the bot's last one. */
      readonly replyToId?: string
    }
  | {
      /** Sent as it is. What it lacks is added: id, timestamp, channelId, serviceUrl, conversation, recipient and from. */
      readonly activity: Readonly<Record<string, unknown>> & { readonly type: string }
    }

const SYSTEM_ACTIVITIES: ReadonlySet<unknown> = new Set<SystemActivity>([
  'membersAdded',
  'membersRemoved',
  'contactAdded',
  'contactRemoved',
  'installed',
  'uninstalled',
  'reactionsAdded',
  'reactionsRemoved',
  'typing',
  'endOfConversation',
  'deleteUserData',
])

const MAX_ID_CHARS = 1024
const MAX_REACTION_CHARS = 64

/** An event, checked. */
export type CheckedEvent =
  | {
      readonly kind: 'system'
      readonly system: SystemActivity
      readonly member?: WireAccount
      readonly reaction: string
      readonly replyToId?: string
    }
  | { readonly kind: 'activity'; readonly activity: WireActivity }

/** @throws ServiceOptionError `SERVICE_OPTION` naming the part that cannot be used. */
export function checkChannelEvent(event: unknown): CheckedEvent {
  const { system, member, reaction = 'like', replyToId, activity } = fieldsOf(event, 'event')
  if ((system === undefined) === (activity === undefined)) {
    throw new ServiceOptionError('event', 'must have either system or activity')
  }
  if (activity !== undefined) return { kind: 'activity', activity: checkActivity(activity) }
  demand('event.system', SYSTEM_ACTIVITIES.has(system), `must be one of ${[...SYSTEM_ACTIVITIES].join(', ')}`)
  demand('event.reaction', isText(reaction, MAX_REACTION_CHARS), 'must be the type of a reaction, such as like')
  demand('event.replyToId', replyToId === undefined || isText(replyToId, MAX_ID_CHARS), 'must be the id of an activity')
  return {
    kind: 'system',
    system: system as SystemActivity,
    reaction: reaction as string,
    ...(member === undefined ? {} : { member: checkMember(member) }),
    ...(replyToId === undefined ? {} : { replyToId: replyToId as string }),
  }
}

function checkMember(value: unknown): WireAccount {
  const { id, name } = fieldsOf(value, 'event.member')
  demand('event.member.id', isText(id, MAX_ID_CHARS), 'must be the id of somebody')
  demand('event.member.name', name === undefined || isText(name, MAX_ID_CHARS), 'must be a text')
  return value as WireAccount
}

function checkActivity(value: unknown): WireActivity {
  try {
    return checkWireActivity(value)
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.replace(/\.$/, '') : 'no activity'
    throw new ServiceOptionError('event.activity', `cannot be used: ${problem}`, { cause })
  }
}

function fieldsOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  demand(name, typeof value === 'object' && value !== null && !Array.isArray(value), 'must be an object')
  return value as Readonly<Record<string, unknown>>
}

function isText(value: unknown, maxChars: number): boolean {
  return typeof value === 'string' && value !== '' && value.length <= maxChars
}

function demand(option: string, isFulfilled: boolean, problem: string): void {
  if (!isFulfilled) throw new ServiceOptionError(option, problem)
}
