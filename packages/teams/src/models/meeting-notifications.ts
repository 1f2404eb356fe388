import type { OpenValue } from '@parley/core'
import type { OnBehalfOf } from './channel-data.ts'

/** A notification in a meeting. */
export interface MeetingNotificationBase<T> {
  type: string
  value: T
}

/** A notification for some participants of a meeting. */
export interface TargetedMeetingNotification extends MeetingNotificationBase<TargetedMeetingNotificationValue> {
  type: 'targetedMeetingNotification'
  channelData?: MeetingNotificationChannelData
}

/** Body of a meeting's notification request. */
export type MeetingNotification = TargetedMeetingNotification

/** Whom a targeted notification reaches, and where it is shown. */
export interface TargetedMeetingNotificationValue {
  /** Ids of the participants, `29:…`. */
  recipients: string[]
  surfaces: MeetingSurface[]
}

/** Where a notification is shown. */
export type MeetingSurface = MeetingStageSurface<OpenValue> | MeetingTabIconSurface

/** A dialog on the stage of the meeting. */
export interface MeetingStageSurface<T> {
  surface: 'meetingStage'
  contentType: 'task'
  /** A {@link TaskModuleContinueResponse}. */
  content: T
}

/** A mark on the icon of a tab. */
export interface MeetingTabIconSurface {
  surface: 'meetingTabIcon'
  /** Which tab; absent means the first one of the app. */
  tabEntityId?: string
}

/** `channelData` of a meeting's notification. */
export interface MeetingNotificationChannelData {
  onBehalfOf?: OnBehalfOf[]
}

/** A participant whom the notification did not reach. */
export interface MeetingNotificationRecipientFailureInfo {
  recipientMri: string
  failureReason: string
  errorCode: string
}

/** Answer to a meeting's notification request. */
export interface MeetingNotificationResponse {
  /** Present when some participants were not reached (status 207). */
  recipientsFailureInfo?: MeetingNotificationRecipientFailureInfo[]
}
