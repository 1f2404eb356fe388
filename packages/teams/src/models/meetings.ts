import type { ConversationAccount } from '@parley/core'
import type { TeamsChannelAccount } from './members.ts'

/** What a participant is in a meeting. */
export interface Meeting {
  /** `Organizer`, `Presenter` or `Attendee`. */
  role?: string
  inMeeting?: boolean
}

/** A participant of a meeting. */
export interface TeamsMeetingParticipant {
  user?: TeamsChannelAccount
  meeting?: Meeting
  conversation?: ConversationAccount
}

/** What every description of a meeting says. */
export interface MeetingSummary {
  /** Base64 text that names the meeting in calls. */
  id: string
  joinUrl: string
  title: string
}

/** A meeting, as the Teams service describes it. */
export interface MeetingDetails extends MeetingSummary {
  /** Id for Microsoft Graph. */
  msGraphResourceId: string
  scheduledStartTime?: Date
  scheduledEndTime?: Date
  /** `Adhoc`, `Broadcast`, `MeetNow`, `Recurring`, `Scheduled` or `Unknown`. */
  type: string
}

/** A meeting with its chat and its organizer. */
export interface MeetingInfo {
  details: MeetingDetails
  conversation: ConversationAccount
  organizer: TeamsChannelAccount
}

/** What the start and the end of a meeting share. */
export interface MeetingEventDetails extends MeetingSummary {
  meetingType: string
}

/** A meeting began. */
export interface MeetingStartEventDetails extends MeetingEventDetails {
  startTime: Date
}

/** A meeting ended. */
export interface MeetingEndEventDetails extends MeetingEventDetails {
  endTime: Date
}

/** What a member of a meeting is in it. */
export interface UserMeetingDetails {
  inMeeting: boolean
  /** `Organizer`, `Presenter` or `Attendee`. */
  role: string
}

/** Somebody who joined or left a meeting. */
export interface TeamsMeetingMember {
  user: TeamsChannelAccount
  meeting: UserMeetingDetails
}

/** Who joined or left a meeting. */
export interface MeetingParticipantsEventDetails {
  members: TeamsMeetingMember[]
}
