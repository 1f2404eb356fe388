import { toWireActivity } from '@parley/core'
import type { Activity, OpenValue } from '@parley/core'
import type { PageOptions } from './conversations.ts'
import { query, segment } from './path.ts'
import type { CallOptions, Operation, Service } from './service.ts'

/**
 * A body from or for Teams. Its type is in `@parley/teams`, which stands above this package: nothing here looks further into
 * it than the methods say.
 */
export type TeamsBody = OpenValue

/** For whom a participant is looked up. */
export interface MeetingParticipantOptions extends CallOptions {
  /** Tenant of the participant. */
  readonly tenantId?: string | undefined
}

/**
 * What the connector of Microsoft Teams can do beyond conversations: teams, meetings, and messages to many. Every method fails
 * with a {@link SendError} (`SEND_…`), or with {@link IdInvalidError} `CONNECTOR_ID_INVALID` for an empty id.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
 */
export class TeamsOperations {
  private readonly service: Service

  constructor(service: Service) {
    this.service = service
  }

  /** Channels of a team, as `{ conversations: ChannelInfo[] }`. */
  async fetchChannelList(teamId: string, options?: CallOptions): Promise<TeamsBody> {
    const path = `/v3/teams/${segment('teamId', teamId)}/conversations`
    return this.service.read({ name: 'fetchChannelList', method: 'GET', path }, acceptChannels, options)
  }

  /** A team, as `TeamDetails`. */
  async fetchTeamDetails(teamId: string, options?: CallOptions): Promise<TeamsBody> {
    const path = `/v3/teams/${segment('teamId', teamId)}`
    return this.service.read({ name: 'fetchTeamDetails', method: 'GET', path }, acceptObject, options)
  }

  /** A meeting, as `MeetingInfo`; its scheduled times are dates. */
  async fetchMeetingInfo(meetingId: string, options?: CallOptions): Promise<TeamsBody> {
    const operation: Operation = { name: 'fetchMeetingInfo', method: 'GET', path: meetingPath(meetingId) }
    return this.service.read(operation, acceptMeeting, options)
  }

  /** A participant of a meeting, by object id in Entra ID, as `TeamsMeetingParticipant`. */
  async fetchMeetingParticipant(
    meetingId: string,
    participantId: string,
    options: MeetingParticipantOptions = {},
  ): Promise<TeamsBody> {
    const tenant = query({ tenantId: options.tenantId ?? undefined })
    const path = `${meetingPath(meetingId)}/participants/${segment('participantId', participantId)}${tenant}`
    return this.service.read({ name: 'fetchMeetingParticipant', method: 'GET', path }, acceptObject, options)
  }

  /** Notifies participants. `{}` when all were reached, else `{ recipientsFailureInfo }`. */
  async sendMeetingNotification(meetingId: string, notification: TeamsBody, options?: CallOptions): Promise<TeamsBody> {
    const path = `${meetingPath(meetingId)}/notification`
    const body = JSON.stringify(notification)
    const operation: Operation = { name: 'sendMeetingNotification', method: 'POST', path, body }
    return this.service.read(operation, acceptObjectOrNothing, options)
  }

  /** Sends to at least five users, named by `29:…` or by object id. Gives `{ operationId }`, as all messages to many do. */
  async sendMessageToListOfUsers(
    activity: Partial<Activity>,
    tenantId: string,
    members: readonly { readonly id: string }[],
    options?: CallOptions,
  ): Promise<TeamsBody> {
    return this.start('sendMessageToListOfUsers', 'users', activity, { tenantId, members }, options)
  }

  /** Sends to all users of a tenant. */
  async sendMessageToAllUsersInTenant(
    activity: Partial<Activity>,
    tenantId: string,
    options?: CallOptions,
  ): Promise<TeamsBody> {
    return this.start('sendMessageToAllUsersInTenant', 'tenant', activity, { tenantId }, options)
  }

  /** Sends to all users of a team. */
  async sendMessageToAllUsersInTeam(
    activity: Partial<Activity>,
    tenantId: string,
    teamId: string,
    options?: CallOptions,
  ): Promise<TeamsBody> {
    return this.start('sendMessageToAllUsersInTeam', 'team', activity, { tenantId, teamId }, options)
  }

  /** Sends to channels. */
  async sendMessageToListOfChannels(
    activity: Partial<Activity>,
    tenantId: string,
    members: readonly { readonly id: string }[],
    options?: CallOptions,
  ): Promise<TeamsBody> {
    return this.start('sendMessageToListOfChannels', 'channels', activity, { tenantId, members }, options)
  }

  /** How far a message to many is, as `BatchOperationStateResponse`; `retryAfter` is a date. */
  async getOperationState(operationId: string, options?: CallOptions): Promise<TeamsBody> {
    const operation: Operation = { name: 'getOperationState', method: 'GET', path: operationPath(operationId) }
    return this.service.read(operation, acceptState, options)
  }

  /** Whom a message to many did not reach, one page, as `BatchFailedEntriesResponse`. */
  async getOperationFailedEntries(operationId: string, options: PageOptions = {}): Promise<TeamsBody> {
    const page = query({ continuationToken: options.continuationToken })
    const path = `${BATCH}/failedentries/${segment('operationId', operationId)}${page}`
    return this.service.read({ name: 'getOperationFailedEntries', method: 'GET', path }, acceptFailedEntries, options)
  }

  /** Stops a message to many; whoever has it keeps it. */
  async cancelOperation(operationId: string, options?: CallOptions): Promise<void> {
    const path = operationPath(operationId)
    await this.service.run({ name: 'cancelOperation', method: 'DELETE', path }, options)
  }

  private async start(
    name: string,
    target: string,
    activity: Partial<Activity>,
    recipients: object,
    options: CallOptions | undefined,
  ): Promise<TeamsBody> {
    const body = JSON.stringify({ activity: toWireActivity(activity), ...recipients })
    return this.service.read({ name, method: 'POST', path: `${BATCH}/${target}`, body }, acceptOperation, options)
  }
}

type Fields = Record<string, unknown>

const BATCH = '/v3/batch/conversation'

function meetingPath(meetingId: string): string {
  return `/v1/meetings/${segment('meetingId', meetingId)}`
}

function operationPath(operationId: string): string {
  return `${BATCH}/${segment('operationId', operationId)}`
}

function acceptObject(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

function acceptObjectOrNothing(value: unknown): Fields | undefined {
  return value === undefined || value === null ? {} : acceptObject(value)
}

function acceptChannels(value: unknown): Fields | undefined {
  const list = acceptObject(value)
  if (!list) return undefined
  const conversations = list['conversations'] ?? []
  return Array.isArray(conversations) ? { ...list, conversations } : undefined
}

function acceptMeeting(value: unknown): Fields | undefined {
  const meeting = acceptObject(value)
  const details = meeting && acceptObject(meeting['details'])
  if (!details) return meeting
  return { ...meeting, details: withDates(details, ['scheduledStartTime', 'scheduledEndTime']) }
}

function acceptOperation(value: unknown): Fields | undefined {
  const operation = acceptObject(value)
  return typeof operation?.['operationId'] === 'string' ? operation : undefined
}

/** The service has been seen to say `stateMap`. */
function acceptState(value: unknown): Fields | undefined {
  const state = acceptObject(value)
  if (!state) return undefined
  const statusMap = state['statusMap'] ?? state['stateMap']
  return withDates(statusMap === undefined ? state : { ...state, statusMap }, ['retryAfter'])
}

/** The service has been seen to say `Id`. */
function acceptFailedEntries(value: unknown): Fields | undefined {
  const page = acceptObject(value)
  if (!page) return undefined
  const entries = page['failedEntryResponses'] ?? []
  if (!Array.isArray(entries)) return undefined
  const failedEntryResponses = entries.map((entry) => {
    const { Id, ...rest } = acceptObject(entry) ?? {}
    return Id === undefined ? rest : { ...rest, id: Id }
  })
  return { ...page, failedEntryResponses }
}

/** Texts that are no dates stay texts. */
function withDates(fields: Fields, names: readonly string[]): Fields {
  const dated = { ...fields }
  for (const name of names) {
    const text = fields[name]
    const date = new Date(typeof text === 'string' ? text : Number.NaN)
    if (!Number.isNaN(date.getTime())) dated[name] = date
  }
  return dated
}
