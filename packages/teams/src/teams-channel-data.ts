import type { Activity } from '@parley/core'
import type {
  NotificationInfo,
  OnBehalfOf,
  TeamInfo,
  TeamsChannelData,
  TeamsMeetingInfo,
  TenantInfo,
} from './models/channel-data.ts'
import { TeamsArgumentError } from './teams-errors.ts'

/** Id of the channel the bot was installed to, or `''`. */
export function teamsGetSelectedChannelId(activity: Partial<Activity>): string {
  return channelDataOf(activity).settings?.selectedChannel?.id ?? ''
}

/** The meeting the activity comes from. */
export function teamsGetTeamMeetingInfo(activity: Partial<Activity>): TeamsMeetingInfo | null {
  return channelDataOf(activity).meeting ?? null
}

/** The organisation the activity comes from. */
export function teamsGetTenant(activity: Partial<Activity>): TenantInfo | null {
  return channelDataOf(activity).tenant ?? null
}

/** The team the activity comes from. */
export function teamsGetTeamInfo(activity: Partial<Activity>): TeamInfo | null {
  return channelDataOf(activity).team ?? null
}

/** Id of the team the activity comes from. */
export function teamsGetTeamId(activity: Partial<Activity>): string | null {
  return channelDataOf(activity).team?.id || null
}

/** Id of the channel of the team the activity comes from. */
export function teamsGetChannelId(activity: Partial<Activity>): string | null {
  return channelDataOf(activity).channel?.id || null
}

/** On whose behalf the activity was sent. */
export function teamsGetTeamOnBehalfOf(activity: Partial<Activity>): OnBehalfOf[] {
  // SDK v4 promises a list and gives null; code written for it checks for null.
  return channelDataOf(activity).onBehalfOf ?? (null as unknown as OnBehalfOf[])
}

/**
 * Lets a message of the bot notify its recipients, in place.
 *
 * @param alertInMeeting - Shows it as a bubble in the meeting, instead of in the activity feed.
 * @param externalResourceUrl - Page the bubble shows.
 */
export function teamsNotifyUser(
  activity: Partial<Activity>,
  alertInMeeting = false,
  externalResourceUrl?: string,
): void {
  const channelData = channelDataOf(activity)
  const notification = { alert: !alertInMeeting, alertInMeeting, externalResourceUrl } as NotificationInfo
  activity.channelData = Object.assign(channelData, { notification })
}

/**
 * What Teams says about an activity beside the protocol; empty when it says nothing.
 *
 * @throws {@link TeamsArgumentError} `TEAMS_ARGUMENT`: no activity.
 */
export function channelDataOf(activity: Partial<Activity> | undefined): TeamsChannelData {
  if (!activity) throw new TeamsArgumentError('Missing activity parameter')
  const { channelData } = activity
  return typeof channelData === 'object' && channelData !== null ? channelData : {}
}
