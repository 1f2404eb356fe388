import { RoleTypes } from '@parley/core'
import type { Activity } from '@parley/core'

/**
 * What a skill is sent for `activity`: it sees a conversation of its own, answers to the bot that called it, and finds in
 * `relatesTo` where the user is.
 */
export function toSkillActivity(
  activity: Partial<Activity>,
  serviceUrl: string,
  conversationId: string,
): Partial<Activity> {
  const { conversation, recipient } = activity
  return Object.assign({}, activity, {
    serviceUrl,
    conversation: { ...conversation, id: conversationId },
    recipient: { ...recipient, role: RoleTypes.Skill },
    relatesTo: {
      serviceUrl: activity.serviceUrl,
      activityId: activity.id,
      channelId: activity.channelId,
      conversation: { ...conversation },
      bot: null,
    },
  })
}
