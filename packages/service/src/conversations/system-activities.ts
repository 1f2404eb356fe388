import type { CheckedEvent, SystemActivity } from './channel-event.ts'
import type { WireAccount, WireActivity } from './wire-activity.ts'

/** What a system activity is made from. */
export interface SystemFacts {
  readonly member: WireAccount
  readonly reaction: string
  /** The message reacted to. */
  readonly replyToId: string
}

type Make = (facts: SystemFacts) => Pick<WireActivity, 'type'> & Readonly<Record<string, unknown>>

const MAKE: Readonly<Record<SystemActivity, Make>> = {
  membersAdded: ({ member }) => ({ type: 'conversationUpdate', membersAdded: [member] }),
  membersRemoved: ({ member }) => ({ type: 'conversationUpdate', membersRemoved: [member] }),
  contactAdded: () => ({ type: 'contactRelationUpdate', action: 'add' }),
  contactRemoved: () => ({ type: 'contactRelationUpdate', action: 'remove' }),
  installed: () => ({ type: 'installationUpdate', action: 'add' }),
  uninstalled: () => ({ type: 'installationUpdate', action: 'remove' }),
  reactionsAdded: ({ reaction, replyToId }) => ({
    type: 'messageReaction',
    reactionsAdded: [{ type: reaction }],
    replyToId,
  }),
  reactionsRemoved: ({ reaction, replyToId }) => ({
    type: 'messageReaction',
    reactionsRemoved: [{ type: reaction }],
    replyToId,
  }),
  typing: () => ({ type: 'typing' }),
  endOfConversation: () => ({ type: 'endOfConversation', code: 'userCancelled' }),
  deleteUserData: () => ({ type: 'deleteUserData' }),
}

/** The activity a channel sends for it, before it is stamped. */
export function systemActivity(system: SystemActivity, facts: SystemFacts): WireActivity {
  return { ...MAKE[system](facts), from: facts.member }
}

/** Whether the activity is about a message. */
export function isReaction(event: CheckedEvent): boolean {
  return event.kind === 'system' && (event.system === 'reactionsAdded' || event.system === 'reactionsRemoved')
}
