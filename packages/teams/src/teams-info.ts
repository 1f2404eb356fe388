import { BotAdapter, Channels, TurnContext } from '@parley/core'
import type { Activity, ChannelAccount, ConversationParameters, ConversationReference } from '@parley/core'
import type { ConnectorClient } from '@parley/connector'
import type {
  BatchFailedEntriesResponse,
  BatchOperationResponse,
  BatchOperationStateResponse,
} from './models/batch-operations.ts'
import type { ChannelInfo, TeamDetails } from './models/channel-data.ts'
import type { MeetingNotification, MeetingNotificationResponse } from './models/meeting-notifications.ts'
import type { MeetingInfo, TeamsMeetingParticipant } from './models/meetings.ts'
import type { TeamsChannelAccount, TeamsMember, TeamsPagedMembersResult } from './models/members.ts'
import { channelDataOf } from './teams-channel-data.ts'
import { TeamsArgumentError, TeamsConnectorMissingError, TeamsScopeError } from './teams-errors.ts'

type Members = Pick<
  ConnectorClient['conversations'],
  'getConversationMembers' | 'getConversationMember' | 'getConversationPagedMembers' | 'createConversation'
>

/** What of a connector client is used here; the client of SDK v4 has it too. */
interface TeamsConnector {
  readonly conversations: Members
  readonly teams?: ConnectorClient['teams']
}

/** Adapters of SDK v4 make their clients themselves. */
interface ConnectorMaker {
  createConnectorClient?(serviceUrl: string): TeamsConnector | undefined
}

/**
 * Asks Microsoft Teams about teams, channels, members and meetings, and sends to many. Works in turns from Teams whose adapter
 * has a connector client, such as `CloudAdapter`'s.
 *
 * Every method fails with {@link TeamsArgumentError} `TEAMS_ARGUMENT` when something is missing, with
 * {@link TeamsConnectorMissingError} `TEAMS_CONNECTOR_MISSING`, and with the errors of the client (`SEND_…`). Ids that are left
 * out are those of the turn; a method about teams fails with {@link TeamsScopeError} `TEAMS_SCOPE` when it has none.
 */
export class TeamsInfo {
  /** A participant of a meeting; by default the sender, in the meeting and tenant of the turn. */
  static async getMeetingParticipant(
    context: TurnContext,
    meetingId?: string,
    participantId?: string,
    tenantId?: string,
  ): Promise<TeamsMeetingParticipant> {
    required(context, 'context')
    const { activity } = context
    const meeting = required(meetingId ?? channelDataOf(activity).meeting?.id, 'meetingId')
    const participant = required(participantId ?? activity.from?.aadObjectId, 'participantId')
    const tenant = tenantId === undefined ? channelDataOf(activity).tenant?.id : tenantId
    const { teams } = TeamsInfo.getTeamsConnectorClient(context)
    return teams.fetchMeetingParticipant(meeting, participant, { tenantId: tenant })
  }

  /** A meeting, by default that of the turn. */
  static async getMeetingInfo(context: TurnContext, meetingId?: string): Promise<MeetingInfo> {
    required(context, 'context')
    const meeting = meetingId ?? channelDataOf(context.activity).meeting?.id
    if (!meeting) throw new TeamsArgumentError('meetingId or TurnContext containing meetingId is required.')
    return TeamsInfo.getTeamsConnectorClient(context).teams.fetchMeetingInfo(meeting)
  }

  /** Name and size of a team. */
  static async getTeamDetails(context: TurnContext, teamId?: string): Promise<TeamDetails> {
    const team = teamIdOf(context, teamId)
    return TeamsInfo.getTeamsConnectorClient(context).teams.fetchTeamDetails(team)
  }

  /**
   * Starts a thread in a channel of Teams.
   *
   * @param teamsChannelId - Id of a channel of a team, `19:…`.
   * @param botAppId - The bot's own id, for adapters with `createConversationAsync`. Without it the client of the turn is used.
   * @returns Where the thread is, and the id of its first activity.
   */
  static async sendMessageToTeamsChannel(
    context: TurnContext,
    activity: Partial<Activity>,
    teamsChannelId: string,
    botAppId?: string,
  ): Promise<[ConversationReference, string]> {
    if (!context) throw new TeamsArgumentError('TurnContext cannot be null')
    if (!activity) throw new TeamsArgumentError('Activity cannot be null')
    if (!teamsChannelId) throw new TeamsArgumentError('The teamsChannelId cannot be null or empty')
    const thread = { isGroup: true, channelData: { channel: { id: teamsChannelId } }, activity }
    const parameters = thread as Partial<ConversationParameters> as ConversationParameters
    if (botAppId && createsConversations(context.adapter)) return startThread(context, botAppId, parameters)
    const { conversations } = TeamsInfo.getConnectorClient(context)
    const { id, activityId } = await conversations.createConversation(parameters)
    const reference = TurnContext.getConversationReference(context.activity) as ConversationReference
    return [{ ...reference, conversation: { ...reference.conversation, id } }, activityId]
  }

  /** The channels of a team. */
  static async getTeamChannels(context: TurnContext, teamId?: string): Promise<ChannelInfo[]> {
    const team = teamIdOf(context, teamId)
    return (await TeamsInfo.getTeamsConnectorClient(context).teams.fetchChannelList(team)).conversations
  }

  /** All members of the team of the turn, or of its chat. Large ones want {@link TeamsInfo.getPagedMembers}. */
  static async getMembers(context: TurnContext): Promise<TeamsChannelAccount[]> {
    const teamId = TeamsInfo.getTeamId(context)
    if (teamId) return TeamsInfo.getTeamMembers(context, teamId)
    return TeamsInfo.getMembersInternal(TeamsInfo.getConnectorClient(context), conversationIdOf(context))
  }

  /** One page of the members of the team of the turn, or of its chat. */
  static async getPagedMembers(
    context: TurnContext,
    pageSize?: number,
    continuationToken?: string,
  ): Promise<TeamsPagedMembersResult> {
    const teamId = TeamsInfo.getTeamId(context)
    if (teamId) return TeamsInfo.getPagedTeamMembers(context, teamId, pageSize, continuationToken)
    const client = TeamsInfo.getConnectorClient(context)
    return TeamsInfo.getPagedMembersInternal(client, conversationIdOf(context), { pageSize, continuationToken })
  }

  /** A member of the team of the turn, or of its chat. */
  static async getMember(context: TurnContext, userId: string): Promise<TeamsChannelAccount> {
    const teamId = TeamsInfo.getTeamId(context)
    if (teamId) return TeamsInfo.getTeamMember(context, teamId, userId)
    return TeamsInfo.getMemberInternal(TeamsInfo.getConnectorClient(context), conversationIdOf(context), userId)
  }

  /** All members of a team. Large ones want {@link TeamsInfo.getPagedTeamMembers}. */
  static async getTeamMembers(context: TurnContext, teamId?: string): Promise<TeamsChannelAccount[]> {
    const team = teamIdOf(context, teamId)
    return TeamsInfo.getMembersInternal(TeamsInfo.getConnectorClient(context), team)
  }

  /** One page of the members of a team. */
  static async getPagedTeamMembers(
    context: TurnContext,
    teamId?: string,
    pageSize?: number,
    continuationToken?: string,
  ): Promise<TeamsPagedMembersResult> {
    const team = teamIdOf(context, teamId)
    const client = TeamsInfo.getConnectorClient(context)
    return TeamsInfo.getPagedMembersInternal(client, team, { pageSize, continuationToken })
  }

  /** A member of a team. */
  static async getTeamMember(context: TurnContext, teamId?: string, userId?: string): Promise<TeamsChannelAccount> {
    const team = teamIdOf(context, teamId)
    return TeamsInfo.getMemberInternal(TeamsInfo.getConnectorClient(context), team, userId)
  }

  /** Notifies participants of a meeting, by default that of the turn. */
  static async sendMeetingNotification(
    context: TurnContext,
    notification: MeetingNotification,
    meetingId?: string,
  ): Promise<MeetingNotificationResponse> {
    required(context, 'context')
    const meeting = required(meetingId ?? channelDataOf(context.activity).meeting?.id, 'meetingId')
    required(notification, 'notification')
    return TeamsInfo.getTeamsConnectorClient(context).teams.sendMeetingNotification(meeting, notification)
  }

  /** Sends to users of a tenant; Teams wants at least five. */
  static async sendMessageToListOfUsers(
    context: TurnContext,
    activity: Partial<Activity>,
    tenantId: string,
    members: TeamsMember[],
  ): Promise<BatchOperationResponse> {
    requiredToSend(context, activity, tenantId)
    requiredMembers(members)
    return TeamsInfo.getTeamsConnectorClient(context).teams.sendMessageToListOfUsers(activity, tenantId, members)
  }

  /** Sends to all users of a tenant. */
  static async sendMessageToAllUsersInTenant(
    context: TurnContext,
    activity: Partial<Activity>,
    tenantId: string,
  ): Promise<BatchOperationResponse> {
    requiredToSend(context, activity, tenantId)
    return TeamsInfo.getTeamsConnectorClient(context).teams.sendMessageToAllUsersInTenant(activity, tenantId)
  }

  /** Sends to all users of a team. */
  static async sendMessageToAllUsersInTeam(
    context: TurnContext,
    activity: Partial<Activity>,
    tenantId: string,
    teamId: string,
  ): Promise<BatchOperationResponse> {
    requiredToSend(context, activity, tenantId)
    required(teamId, 'teamId')
    return TeamsInfo.getTeamsConnectorClient(context).teams.sendMessageToAllUsersInTeam(activity, tenantId, teamId)
  }

  /** Sends to channels of a tenant. */
  static async sendMessageToListOfChannels(
    context: TurnContext,
    activity: Partial<Activity>,
    tenantId: string,
    members: TeamsMember[],
  ): Promise<BatchOperationResponse> {
    requiredToSend(context, activity, tenantId)
    requiredMembers(members)
    return TeamsInfo.getTeamsConnectorClient(context).teams.sendMessageToListOfChannels(activity, tenantId, members)
  }

  /** How far a message to many is. */
  static async getOperationState(context: TurnContext, operationId: string): Promise<BatchOperationStateResponse> {
    required(context, 'context')
    required(operationId, 'operationId')
    return TeamsInfo.getTeamsConnectorClient(context).teams.getOperationState(operationId)
  }

  /** Whom a message to many did not reach; further pages through `continuationToken`. */
  static async getFailedEntries(
    context: TurnContext,
    operationId: string,
    continuationToken?: string,
  ): Promise<BatchFailedEntriesResponse> {
    required(context, 'context')
    required(operationId, 'operationId')
    const { teams } = TeamsInfo.getTeamsConnectorClient(context)
    return teams.getOperationFailedEntries(operationId, continuationToken ? { continuationToken } : {})
  }

  /** Stops a message to many; whoever has it keeps it. */
  static async cancelOperation(context: TurnContext, operationId: string): Promise<object> {
    required(context, 'context')
    required(operationId, 'operationId')
    const answer: unknown = await TeamsInfo.getTeamsConnectorClient(context).teams.cancelOperation(operationId)
    return answer ?? {}
  }

  // The rest is private by type and called by tests and bots written for SDK v4.

  private static async getMembersInternal(
    connectorClient: TeamsConnector,
    conversationId: string | undefined,
  ): Promise<TeamsChannelAccount[]> {
    const conversation = requiredFor('getMembers', conversationId, 'conversationId')
    const members = await connectorClient.conversations.getConversationMembers(conversation)
    return members.map(withAadObjectId)
  }

  private static async getPagedMembersInternal(
    connectorClient: TeamsConnector,
    conversationId: string | undefined,
    options: { pageSize?: number | undefined; continuationToken?: string | undefined } = {},
  ): Promise<TeamsPagedMembersResult> {
    const conversation = requiredFor('getPagedMembers', conversationId, 'conversationId')
    const page = await connectorClient.conversations.getConversationPagedMembers(conversation, options)
    return { continuationToken: page.continuationToken, members: page.members }
  }

  private static async getMemberInternal(
    connectorClient: TeamsConnector,
    conversationId: string | undefined,
    userId: string | undefined,
  ): Promise<TeamsChannelAccount> {
    const conversation = requiredFor('getMember', conversationId, 'conversationId')
    const user = requiredFor('getMember', userId, 'userId')
    return connectorClient.conversations.getConversationMember(conversation, user)
  }

  private static getTeamId(context: TurnContext): string | undefined {
    if (!context) throw new TeamsArgumentError('Missing context parameter')
    if (!context.activity) throw new TeamsArgumentError('Missing activity on context')
    return channelDataOf(context.activity).team?.id
  }

  private static getConnectorClient(context: TurnContext): TeamsConnector {
    if (!context) throw new TeamsArgumentError('Missing context parameter')
    const { adapter, activity, turnState } = context
    const maker = adapter as ConnectorMaker | undefined
    const client: TeamsConnector | undefined = maker?.createConnectorClient
      ? maker.createConnectorClient(activity.serviceUrl)
      : turnState?.get(adapter?.ConnectorClientKey)
    if (!client) throw new TeamsConnectorMissingError()
    return client
  }

  private static getTeamsConnectorClient(context: TurnContext): { readonly teams: ConnectorClient['teams'] } {
    const { teams } = TeamsInfo.getConnectorClient(context)
    if (!teams) throw new TeamsConnectorMissingError()
    return { teams }
  }
}

/** An adapter that does not support it only has the method that says so. */
function createsConversations(adapter: BotAdapter): boolean {
  const legacy = (adapter as ConnectorMaker).createConnectorClient !== undefined
  return !legacy && adapter.createConversationAsync !== BotAdapter.prototype.createConversationAsync
}

async function startThread(
  { adapter, activity }: TurnContext,
  botAppId: string,
  parameters: ConversationParameters,
): Promise<[ConversationReference, string]> {
  let started: Partial<Activity> = {}
  await adapter.createConversationAsync(
    botAppId,
    Channels.Msteams,
    activity.serviceUrl,
    undefined,
    parameters,
    async (thread) => {
      started = thread.activity
    },
  )
  return [TurnContext.getConversationReference(started) as ConversationReference, started.id as string]
}

function required<T>(value: T | null | undefined, name: string): T {
  if (!value) throw new TeamsArgumentError(`${name} is required.`)
  return value
}

function requiredFor(operation: string, id: string | undefined, name: string): string {
  if (!id) throw new TeamsArgumentError(`The ${operation} operation needs a valid ${name}.`)
  return id
}

function requiredToSend(context: TurnContext, activity: Partial<Activity>, tenantId: string): void {
  required(context, 'context')
  required(activity, 'activity')
  required(tenantId, 'tenantId')
}

function requiredMembers(members: TeamsMember[]): void {
  if (!members?.length) throw new TeamsArgumentError('members list is required.')
}

function teamIdOf(context: TurnContext, teamId: string | undefined): string {
  const id = teamId || TeamsInfo['getTeamId'](context)
  if (!id) throw new TeamsScopeError()
  return id
}

function conversationIdOf({ activity }: TurnContext): string | undefined {
  return activity.conversation?.id
}

/** The service says `objectId` where the schema has `aadObjectId`. */
function withAadObjectId(member: ChannelAccount & { objectId?: string }): TeamsChannelAccount {
  return member.objectId ? { ...member, aadObjectId: member.objectId } : member
}
