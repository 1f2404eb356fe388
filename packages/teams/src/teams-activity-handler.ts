import { Channels } from '@parley/core'
import type { TurnContext } from '@parley/core'
import { meetingEndOf, meetingStartOf } from './meeting-events.ts'
import type { ChannelInfo, TeamInfo } from './models/channel-data.ts'
import type {
  MeetingEndEventDetails,
  MeetingParticipantsEventDetails,
  MeetingStartEventDetails,
} from './models/meetings.ts'
import type { TeamsChannelAccount } from './models/members.ts'
import { ReadReceiptInfo } from './read-receipt-info.ts'
import { channelDataOf } from './teams-channel-data.ts'
import { TeamsInvokeHandler } from './teams-invoke-handler.ts'
import { completeMembers } from './teams-members.ts'

type Next = () => Promise<void>
type MembersHandler = (
  members: TeamsChannelAccount[],
  teamInfo: TeamInfo,
  context: TurnContext,
  next: Next,
) => Promise<void>
type ChannelHandler = (channelInfo: ChannelInfo, teamInfo: TeamInfo, context: TurnContext, next: Next) => Promise<void>
type TeamHandler = (teamInfo: TeamInfo, context: TurnContext, next: Next) => Promise<void>
type MessageHandler = (context: TurnContext, next: Next) => Promise<void>
type EventHandler<T> = (value: T, context: TurnContext, next: Next) => Promise<void>

/**
 * The usual base of a bot for Microsoft Teams: an `ActivityHandler` with the events and invokes of Teams.
 *
 * Events of Teams run between those of the activity's type and `onDialog`; their handlers get the team, the channel or the
 * members before the context. For invokes see {@link TeamsInvokeHandler}.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
 */
export class TeamsActivityHandler extends TeamsInvokeHandler {
  /** Members first, then what `channelData.eventType` says. */
  protected override async dispatchConversationUpdateActivity(context: TurnContext): Promise<void> {
    if (context.activity.channelId !== Channels.Msteams) return super.dispatchConversationUpdateActivity(context)
    if (context.activity.membersAdded?.length) return this.onTeamsMembersAdded(context)
    if (context.activity.membersRemoved?.length) return this.onTeamsMembersRemoved(context)
    switch (channelDataOf(context.activity).eventType) {
      case 'channelCreated':
        return this.onTeamsChannelCreated(context)
      case 'channelDeleted':
        return this.onTeamsChannelDeleted(context)
      case 'channelRenamed':
        return this.onTeamsChannelRenamed(context)
      case 'channelRestored':
        return this.onTeamsChannelRestored(context)
      case 'channelShared':
        return this.onTeamsChannelShared(context)
      case 'channelUnshared':
        return this.onTeamsChannelUnshared(context)
      case 'teamArchived':
        return this.onTeamsTeamArchived(context)
      case 'teamDeleted':
        return this.onTeamsTeamDeleted(context)
      case 'teamHardDeleted':
        return this.onTeamsTeamHardDeleted(context)
      case 'teamRenamed':
        return this.onTeamsTeamRenamed(context)
      case 'teamRestored':
        return this.onTeamsTeamRestored(context)
      case 'teamUnarchived':
        return this.onTeamsTeamUnarchived(context)
      default:
        return super.dispatchConversationUpdateActivity(context)
    }
  }

  protected override async dispatchMessageUpdateActivity(context: TurnContext): Promise<void> {
    switch (teamsEventTypeOf(context)) {
      case 'undeleteMessage':
        return this.onTeamsMessageUndelete(context)
      case 'editMessage':
        return this.onTeamsMessageEdit(context)
      default:
        return super.dispatchMessageUpdateActivity(context)
    }
  }

  protected override async dispatchMessageDeleteActivity(context: TurnContext): Promise<void> {
    if (teamsEventTypeOf(context) === 'softDeleteMessage') return this.onTeamsMessageSoftDelete(context)
    return super.dispatchMessageDeleteActivity(context)
  }

  protected override async dispatchEventActivity(context: TurnContext): Promise<void> {
    if (context.activity.channelId !== Channels.Msteams) return super.dispatchEventActivity(context)
    switch (context.activity.name) {
      case 'application/vnd.microsoft.readReceipt':
        return this.onTeamsReadReceipt(context)
      case 'application/vnd.microsoft.meetingStart':
        return this.onTeamsMeetingStart(context)
      case 'application/vnd.microsoft.meetingEnd':
        return this.onTeamsMeetingEnd(context)
      case 'application/vnd.microsoft.meetingParticipantJoin':
        return this.onTeamsMeetingParticipantsJoin(context)
      case 'application/vnd.microsoft.meetingParticipantLeave':
        return this.onTeamsMeetingParticipantsLeave(context)
      default:
        return super.dispatchEventActivity(context)
    }
  }

  /** Completes the members, when somebody listens; else it is an ordinary `onMembersAdded`. */
  protected async onTeamsMembersAdded(context: TurnContext): Promise<void> {
    const { activity } = context
    if (!this.handlers['TeamsMembersAdded']) return this.emit(context, 'MembersAdded')
    activity.membersAdded = await completeMembers(context, activity.membersAdded ?? [])
    await this.emit(context, 'TeamsMembersAdded')
  }

  /** When nobody listens it is an ordinary `onMembersRemoved`. */
  protected async onTeamsMembersRemoved(context: TurnContext): Promise<void> {
    await this.emit(context, this.handlers['TeamsMembersRemoved'] ? 'TeamsMembersRemoved' : 'MembersRemoved')
  }

  protected async onTeamsChannelCreated(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsChannelCreated')
  }

  protected async onTeamsChannelDeleted(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsChannelDeleted')
  }

  protected async onTeamsChannelRenamed(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsChannelRenamed')
  }

  protected async onTeamsChannelRestored(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsChannelRestored')
  }

  protected async onTeamsChannelShared(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsChannelShared')
  }

  protected async onTeamsChannelUnshared(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsChannelUnshared')
  }

  protected async onTeamsTeamArchived(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsTeamArchived')
  }

  protected async onTeamsTeamDeleted(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsTeamDeleted')
  }

  protected async onTeamsTeamHardDeleted(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsTeamHardDeleted')
  }

  protected async onTeamsTeamRenamed(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsTeamRenamed')
  }

  protected async onTeamsTeamRestored(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsTeamRestored')
  }

  protected async onTeamsTeamUnarchived(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsTeamUnarchived')
  }

  protected async onTeamsMessageUndelete(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsMessageUndelete')
  }

  protected async onTeamsMessageEdit(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsMessageEdit')
  }

  protected async onTeamsMessageSoftDelete(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsMessageSoftDelete')
  }

  protected async onTeamsReadReceipt(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsReadReceipt')
  }

  protected async onTeamsMeetingStart(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsMeetingStart')
  }

  protected async onTeamsMeetingEnd(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsMeetingEnd')
  }

  protected async onTeamsMeetingParticipantsJoin(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsMeetingParticipantsJoin')
  }

  protected async onTeamsMeetingParticipantsLeave(context: TurnContext): Promise<void> {
    await this.emit(context, 'TeamsMeetingParticipantsLeave')
  }

  /** Members joined a team or chat, the bot perhaps among them; each with what Teams knows about the person. */
  onTeamsMembersAddedEvent(handler: MembersHandler): this {
    return this.on('TeamsMembersAdded', (context, next) =>
      handler(context.activity.membersAdded ?? [], teamOf(context), context, next),
    )
  }

  /** Members left a team or chat, the bot perhaps among them. */
  onTeamsMembersRemovedEvent(handler: MembersHandler): this {
    return this.on('TeamsMembersRemoved', (context, next) =>
      handler(context.activity.membersRemoved ?? [], teamOf(context), context, next),
    )
  }

  /** A channel was created. */
  onTeamsChannelCreatedEvent(handler: ChannelHandler): this {
    return this.onChannelEvent('TeamsChannelCreated', handler)
  }

  /** A channel was deleted. */
  onTeamsChannelDeletedEvent(handler: ChannelHandler): this {
    return this.onChannelEvent('TeamsChannelDeleted', handler)
  }

  /** A channel was renamed. */
  onTeamsChannelRenamedEvent(handler: ChannelHandler): this {
    return this.onChannelEvent('TeamsChannelRenamed', handler)
  }

  /** A deleted channel came back. */
  onTeamsChannelRestoredEvent(handler: ChannelHandler): this {
    return this.onChannelEvent('TeamsChannelRestored', handler)
  }

  /** A channel was shared with another team. */
  onTeamsChannelSharedEvent(handler: ChannelHandler): this {
    return this.onChannelEvent('TeamsChannelShared', handler)
  }

  /** A channel is no longer shared with another team. */
  onTeamsChannelUnsharedEvent(handler: ChannelHandler): this {
    return this.onChannelEvent('TeamsChannelUnshared', handler)
  }

  /** A team was archived. */
  onTeamsTeamArchivedEvent(handler: TeamHandler): this {
    return this.onTeamEvent('TeamsTeamArchived', handler)
  }

  /** A team was deleted. */
  onTeamsTeamDeletedEvent(handler: TeamHandler): this {
    return this.onTeamEvent('TeamsTeamDeleted', handler)
  }

  /** A team was deleted for good. */
  onTeamsTeamHardDeletedEvent(handler: TeamHandler): this {
    return this.onTeamEvent('TeamsTeamHardDeleted', handler)
  }

  /** A team was renamed. */
  onTeamsTeamRenamedEvent(handler: TeamHandler): this {
    return this.onTeamEvent('TeamsTeamRenamed', handler)
  }

  /** A deleted team came back. */
  onTeamsTeamRestoredEvent(handler: TeamHandler): this {
    return this.onTeamEvent('TeamsTeamRestored', handler)
  }

  /** A team is no longer archived. */
  onTeamsTeamUnarchivedEvent(handler: TeamHandler): this {
    return this.onTeamEvent('TeamsTeamUnarchived', handler)
  }

  /** A deleted message came back. */
  onTeamsMessageUndeleteEvent(handler: MessageHandler): this {
    return this.on('TeamsMessageUndelete', handler)
  }

  /** A message was edited. */
  onTeamsMessageEditEvent(handler: MessageHandler): this {
    return this.on('TeamsMessageEdit', handler)
  }

  /** A message was deleted; its author may bring it back. */
  onTeamsMessageSoftDeleteEvent(handler: MessageHandler): this {
    return this.on('TeamsMessageSoftDelete', handler)
  }

  /** A person read messages of the bot. */
  onTeamsReadReceiptEvent(handler: EventHandler<ReadReceiptInfo>): this {
    return this.on('TeamsReadReceipt', (context, next) =>
      handler(new ReadReceiptInfo(context.activity.value?.lastReadMessageId), context, next),
    )
  }

  /** A meeting began. */
  onTeamsMeetingStartEvent(handler: EventHandler<MeetingStartEventDetails>): this {
    return this.on('TeamsMeetingStart', (context, next) =>
      handler(meetingStartOf(context.activity.value), context, next),
    )
  }

  /** A meeting ended. */
  onTeamsMeetingEndEvent(handler: EventHandler<MeetingEndEventDetails>): this {
    return this.on('TeamsMeetingEnd', (context, next) => handler(meetingEndOf(context.activity.value), context, next))
  }

  /** People joined a meeting. */
  onTeamsMeetingParticipantsJoinEvent(handler: EventHandler<MeetingParticipantsEventDetails>): this {
    return this.on('TeamsMeetingParticipantsJoin', (context, next) => handler(participantsOf(context), context, next))
  }

  /** People left a meeting. */
  onTeamsMeetingParticipantsLeaveEvent(handler: EventHandler<MeetingParticipantsEventDetails>): this {
    return this.on('TeamsMeetingParticipantsLeave', (context, next) => handler(participantsOf(context), context, next))
  }

  private onChannelEvent(type: string, handler: ChannelHandler): this {
    return this.on(type, (context, next) => {
      const { channel } = channelDataOf(context.activity)
      return handler(channel as ChannelInfo, teamOf(context), context, next)
    })
  }

  private onTeamEvent(type: string, handler: TeamHandler): this {
    return this.on(type, (context, next) => handler(teamOf(context), context, next))
  }

  private async emit(context: TurnContext, type: string): Promise<void> {
    await this.handle(context, type, this.defaultNextEvent(context))
  }
}

function teamsEventTypeOf({ activity }: TurnContext): string | undefined {
  return activity.channelId === Channels.Msteams ? channelDataOf(activity).eventType : undefined
}

/** Absent in chats, which have members but no team; SDK v4's types say otherwise. */
function teamOf({ activity }: TurnContext): TeamInfo {
  return channelDataOf(activity).team as TeamInfo
}

function participantsOf({ activity }: TurnContext): MeetingParticipantsEventDetails {
  return { members: activity.value?.members }
}
