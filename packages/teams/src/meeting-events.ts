import type { OpenValue } from '@parley/core'
import type { MeetingEndEventDetails, MeetingEventDetails, MeetingStartEventDetails } from './models/meetings.ts'

/** The value of the event `application/vnd.microsoft.meetingStart`, whose fields begin with capitals on the wire. */
export function meetingStartOf(value: OpenValue): MeetingStartEventDetails {
  return { ...meetingOf(value), startTime: dateOf(value?.StartTime ?? value?.startTime) }
}

/** The value of the event `application/vnd.microsoft.meetingEnd`. */
export function meetingEndOf(value: OpenValue): MeetingEndEventDetails {
  return { ...meetingOf(value), endTime: dateOf(value?.EndTime ?? value?.endTime) }
}

function meetingOf(value: OpenValue): MeetingEventDetails {
  return {
    id: value?.Id ?? value?.id,
    joinUrl: value?.JoinUrl ?? value?.joinUrl,
    meetingType: value?.MeetingType ?? value?.meetingType,
    title: value?.Title ?? value?.title,
  }
}

/** Missing and damaged times become invalid dates, so that handlers always find a `Date`. */
function dateOf(value: unknown): Date {
  return value instanceof Date ? value : new Date(typeof value === 'string' ? value : Number.NaN)
}
