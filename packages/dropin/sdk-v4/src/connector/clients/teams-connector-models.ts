import type { HttpOperationResponse, RequestOptionsBase, ServiceClientOptions } from '../../stdlib/index.ts'
import type {
  BatchFailedEntriesResponse,
  BatchOperationResponse,
  BatchOperationStateResponse,
  ConversationList,
  MeetingInfo,
  MeetingNotificationResponse,
  TeamDetails,
  TeamsMeetingParticipant,
} from '../../schema/index.ts'

/** Settings of a `TeamsConnectorClient`. */
export interface TeamsConnectorClientOptions extends ServiceClientOptions {
  baseUri?: string
}

/** For whom a participant is looked up. */
export interface TeamsFetchMeetingParticipantOptionalParams extends RequestOptionsBase {
  tenantId?: string
}

type Answer<T, Body = T> = T & { _response: HttpOperationResponse & { bodyAsText: string; parsedBody: Body } }

export type TeamsFetchChannelListResponse = Answer<ConversationList>
export type TeamsFetchTeamDetailsResponse = Answer<TeamDetails>
export type TeamsFetchMeetingParticipantResponse = Answer<TeamsMeetingParticipant>
export type TeamsMeetingInfoResponse = Answer<MeetingInfo, TeamsMeetingParticipant>
export type TeamsMeetingNotificationResponse = Answer<MeetingNotificationResponse, MeetingNotificationResponse | {}>
export type TeamsBatchOperationResponse = Answer<BatchOperationResponse, BatchOperationResponse | {}>
export type BatchBatchOperationStateResponse = Answer<BatchOperationStateResponse, BatchOperationStateResponse | {}>
export type BatchBatchFailedEntriesResponse = Answer<BatchFailedEntriesResponse, BatchFailedEntriesResponse | {}>
export type CancelOperationResponse = Answer<{}>
