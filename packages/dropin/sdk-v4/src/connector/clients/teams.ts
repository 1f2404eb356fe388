import { toWireActivity } from '@parley/core'
import type { Activity } from '@parley/core'
import type { PathId } from '@parley/connector'
import type { RequestOptionsBase, ServiceCallback } from '../../stdlib/index.ts'
import type {
  BatchFailedEntriesResponse,
  BatchOperationResponse,
  BatchOperationStateResponse,
  ConversationList,
  MeetingInfo,
  MeetingNotification,
  MeetingNotificationResponse,
  TeamDetails,
  TeamsMeetingParticipant,
  TeamsMember,
} from '../../schema/index.ts'
import { hide } from '../credentials/hide.ts'
import { requireBody, requireText } from '../rest/arguments.ts'
import { callService } from '../rest/operation.ts'
import type { OptionsOrCallback, RestOperation, RestResult } from '../rest/operation.ts'
import type { RestContext } from '../rest/rest-context.ts'
import { retryAction } from './retry-action.ts'
import type {
  BatchBatchFailedEntriesResponse,
  BatchBatchOperationStateResponse,
  CancelOperationResponse,
  TeamsBatchOperationResponse,
  TeamsFetchChannelListResponse,
  TeamsFetchMeetingParticipantOptionalParams,
  TeamsFetchMeetingParticipantResponse,
  TeamsFetchTeamDetailsResponse,
  TeamsMeetingInfoResponse,
  TeamsMeetingNotificationResponse,
} from './teams-connector-models.ts'

/**
 * Teams, meetings, and messages to many. Methods give a promise, and tell a callback instead when one is passed. They fail
 * with a `RestError`.
 */
export class Teams {
  declare private readonly client: RestContext

  constructor(client: RestContext) {
    hide(this, 'client', client)
  }

  fetchChannelList(
    teamId: string,
    options?: OptionsOrCallback<ConversationList>,
    callback?: ServiceCallback<ConversationList>,
  ): Promise<TeamsFetchChannelListResponse> {
    const prepare = () => get(['v3', 'teams', id('teamId', teamId), 'conversations'])
    return callService(this.client, options, prepare, callback)
  }

  fetchTeamDetails(
    teamId: string,
    options?: OptionsOrCallback<TeamDetails>,
    callback?: ServiceCallback<TeamDetails>,
  ): Promise<TeamsFetchTeamDetailsResponse> {
    return callService(this.client, options, () => get(['v3', 'teams', id('teamId', teamId)]), callback)
  }

  fetchMeetingParticipant(
    meetingId: string,
    participantId: string,
    options?: OptionsOrCallback<TeamsMeetingParticipant, TeamsFetchMeetingParticipantOptionalParams>,
    callback?: ServiceCallback<TeamsMeetingParticipant>,
  ): Promise<TeamsFetchMeetingParticipantResponse> {
    const prepare = ({ tenantId }: RequestOptionsBase): RestOperation => {
      const path = [...meeting(meetingId), 'participants', id('participantId', participantId)]
      return { ...get(path), query: { tenantId: tenantId as unknown } }
    }
    return callService(this.client, options, prepare, callback)
  }

  async fetchMeetingInfo(
    meetingId: string,
    options?: OptionsOrCallback<MeetingInfo>,
    callback?: ServiceCallback<MeetingInfo>,
  ): Promise<TeamsMeetingInfoResponse> {
    const result: unknown = await callService(this.client, options, () => get(meeting(meetingId)), callback)
    const info = result as TeamsMeetingInfoResponse
    if (info?.details) withDates(info.details, ['scheduledStartTime', 'scheduledEndTime'])
    return info
  }

  sendMeetingNotification(
    meetingId: string,
    notification: MeetingNotification,
    options?: OptionsOrCallback<MeetingNotificationResponse>,
    callback?: ServiceCallback<MeetingNotificationResponse>,
  ): Promise<TeamsMeetingNotificationResponse> {
    const prepare = (): RestOperation => {
      const body = requireBody('notification', 'MeetingNotification', notification)
      return post([...meeting(meetingId), 'notification'], body)
    }
    return callService(this.client, options, prepare, callback)
  }

  sendMessageToListOfUsers(
    activity: Activity,
    tenantId: string,
    members: TeamsMember[],
    options?: OptionsOrCallback<BatchOperationResponse>,
    callback?: ServiceCallback<BatchOperationResponse>,
  ): Promise<TeamsBatchOperationResponse> {
    const prepare = () => start('users', activity, { tenantId, members })
    return this.batch(options, prepare, callback)
  }

  sendMessageToAllUsersInTenant(
    activity: Activity,
    tenantId: string,
    options?: OptionsOrCallback<BatchOperationResponse>,
    callback?: ServiceCallback<BatchOperationResponse>,
  ): Promise<TeamsBatchOperationResponse> {
    return this.batch(options, () => start('tenant', activity, { tenantId }), callback)
  }

  sendMessageToAllUsersInTeam(
    activity: Activity,
    tenantId: string,
    teamId: string,
    options?: OptionsOrCallback<BatchOperationResponse>,
    callback?: ServiceCallback<BatchOperationResponse>,
  ): Promise<TeamsBatchOperationResponse> {
    return this.batch(options, () => start('team', activity, { tenantId, teamId }), callback)
  }

  sendMessageToListOfChannels(
    activity: Activity,
    tenantId: string,
    members: TeamsMember[],
    options?: OptionsOrCallback<BatchOperationResponse>,
    callback?: ServiceCallback<BatchOperationResponse>,
  ): Promise<TeamsBatchOperationResponse> {
    const prepare = () => start('channels', activity, { tenantId, members })
    return this.batch(options, prepare, callback)
  }

  async getOperationState(
    operationId: string,
    options?: OptionsOrCallback<BatchOperationStateResponse>,
    callback?: ServiceCallback<BatchOperationStateResponse>,
  ): Promise<BatchBatchOperationStateResponse> {
    const result = await this.batch<BatchOperationStateResponse>(
      options,
      () => get(batchOperation(operationId)),
      callback,
    )
    if (result) withDates(result, ['retryAfter'])
    return result
  }

  async getOperationFailedEntries(
    operationId: string,
    options?: OptionsOrCallback<BatchFailedEntriesResponse>,
    callback?: ServiceCallback<BatchFailedEntriesResponse>,
  ): Promise<BatchBatchFailedEntriesResponse> {
    const prepare = ({ continuationToken }: RequestOptionsBase): RestOperation => ({
      ...get([...BATCH, 'failedentries', id('operationId', operationId)]),
      query: { continuationToken: continuationToken as unknown },
    })
    const result = await this.batch<BatchFailedEntriesResponse>(options, prepare, callback)
    if (result) withIds(result)
    return result
  }

  cancelOperation(operationId: string, options?: RequestOptionsBase): Promise<CancelOperationResponse> {
    return this.batch(options, () => ({ method: 'DELETE', path: batchOperation(operationId) }))
  }

  /**
   * Messages to many fail as in v4: with an object that collects the errors. There is one of them, because the call itself is
   * repeated for as long as it helps.
   */
  private async batch<T>(
    options: OptionsOrCallback<T>,
    prepare: (options: RequestOptionsBase) => RestOperation,
    callback?: ServiceCallback<T>,
  ): Promise<RestResult<T>> {
    const result = await retryAction(() => callService(this.client, options, prepare, callback), 1)
    return result as RestResult<T>
  }
}

type Path = readonly (string | PathId)[]

const BATCH: Path = ['v3', 'batch', 'conversation']

function id(name: string, value: string): PathId {
  return [name, requireText(name, value)]
}

function meeting(meetingId: string): Path {
  return ['v1', 'meetings', id('meetingId', meetingId)]
}

function batchOperation(operationId: string): Path {
  return [...BATCH, id('operationId', operationId)]
}

function get(path: Path): RestOperation {
  return { method: 'GET', path }
}

function post(path: Path, body: unknown): RestOperation {
  return { method: 'POST', path, body: JSON.stringify(body) }
}

function start(target: string, activity: Activity, recipients: object): RestOperation {
  return post([...BATCH, target], {
    activity: toWireActivity(requireBody('activity', 'Activity', activity)),
    ...recipients,
  })
}

/** The service has been seen to say `Id`. */
function withIds({ failedEntryResponses = [] }: Partial<BatchFailedEntriesResponse>): void {
  for (const entry of failedEntryResponses as (object & { Id?: string; id?: string })[]) {
    if (entry.Id === undefined) continue
    entry.id = entry.Id
    delete entry.Id
  }
}

/** Texts that are no dates stay texts. */
function withDates(value: object, names: readonly string[]): void {
  const fields = value as Record<string, unknown>
  for (const name of names) {
    const date = new Date(typeof fields[name] === 'string' ? fields[name] : Number.NaN)
    if (!Number.isNaN(date.getTime())) fields[name] = date
  }
}
