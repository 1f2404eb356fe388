import type { ChannelAccount } from './accounts.ts'
import type { Activity } from './activity.ts'
import type { OpenValue } from './open-types.ts'

/** The connector's answer to a sent, updated or uploaded thing. */
export interface ResourceResponse {
  /** Id the service gave it. */
  id: string
}

/** Body of `POST /v3/conversations`. */
export interface ConversationParameters {
  isGroup: boolean
  bot: ChannelAccount
  members?: ChannelAccount[]
  topicName?: string
  tenantId?: string
  /** First activity of the new conversation. */
  activity?: Activity
  channelData: OpenValue
}

/** Answer to `POST /v3/conversations`. */
export interface ConversationResourceResponse {
  /** Id of the first activity, when one was sent. */
  activityId: string
  serviceUrl: string
  /** Id of the conversation. */
  id: string
}

/** A conversation and the accounts in it. */
export interface ConversationMembers {
  id: string
  members: ChannelAccount[]
}

/** Answer to `GET /v3/conversations`. */
export interface ConversationsResult {
  /** Asks for the next page; absent on the last one. */
  continuationToken: string
  conversations: ConversationMembers[]
}

/** Answer to `GET /v3/conversations/{id}/pagedmembers`. */
export interface PagedMembersResult {
  /** Asks for the next page; absent on the last one. A page may be empty and still have one. */
  continuationToken: string
  members: ChannelAccount[]
}

/** Activities in the order they happened. */
export interface Transcript {
  activities: Activity[]
}

/** Body of the answer to an activity with `deliveryMode: 'expectReplies'`: the replies in send order. */
export interface ExpectedReplies {
  activities: Activity[]
}

/** An attachment to upload. On the wire both contents are base64 strings. */
export interface AttachmentData {
  /** MIME type. */
  type: string
  name: string
  originalBase64: Uint8Array
  thumbnailBase64: Uint8Array
}

/** One way to see an uploaded attachment. */
export interface AttachmentView {
  /** `original` or `thumbnail`. */
  viewId: string
  /** Bytes. */
  size: number
}

/** An uploaded attachment. */
export interface AttachmentInfo {
  name: string
  /** MIME type. */
  type: string
  views: AttachmentView[]
}

/** What an HTTP call behind the connector answered. */
export interface InnerHttpError {
  statusCode: number
  body: OpenValue
}

/** An error as connectors report it. */
export interface ErrorModel {
  /** Branch on this; see the codes of the Connector API. */
  code: string
  message: string
  innerHttpError: InnerHttpError
}

/** Body of a connector's refusal. */
export interface ErrorResponse {
  error: ErrorModel
}
