import { ApiError, badArgument, badSyntax, missingProperty } from '../../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../../http/exchange.ts'
import { readJson } from '../../http/read-body.ts'
import type { BotCall } from '../bot-call.ts'
import type { TeamsMeeting, TeamsTeam } from './teams-model.ts'

/** `GET teams/{id}`. */
export function getTeam(call: BotCall): void {
  const { id, name, aadGroupId, channels = [], members = [] } = requireTeam(call)
  sendJson(call.exchange.response, 200, {
    id,
    name,
    ...(aadGroupId === undefined ? {} : { aadGroupId }),
    channelCount: channels.length + 1,
    memberCount: members.length,
    type: 'standard',
  })
}

/** `GET teams/{id}/conversations`: its channels. General has no name: clients show it in the language of their user. */
export function listChannels(call: BotCall): void {
  const { id, channels = [] } = requireTeam(call)
  sendJson(call.exchange.response, 200, { conversations: [{ id, type: 'standard' }, ...channels] })
}

/** `GET meetings/{id}`. */
export function getMeeting(call: BotCall): void {
  const meeting = requireMeeting(call)
  const { id, details, organizer } = meeting
  sendJson(call.exchange.response, 200, {
    details: { id, ...details },
    conversation: conversationOf(meeting),
    ...(organizer ? { organizer } : {}),
  })
}

/** `GET meetings/{id}/participants/{object id}`. */
export function getParticipant(call: BotCall): void {
  const meeting = requireMeeting(call)
  const id = param(call.exchange, 'participantId')
  const tenantId = call.exchange.query.get('tenantId')
  const found = (meeting.participants ?? []).find(({ user }) => user.aadObjectId === id || user.id === id)
  const isOfTenant = tenantId === null || tenantId === '' || tenantId === (meeting.tenantId ?? tenantId)
  if (!found || !isOfTenant) throw new ApiError(404, 'MemberNotFoundInConversation', 'Nobody of that id takes part.')
  const { user, role, inMeeting } = found
  sendJson(call.exchange.response, 200, { user, meeting: { role, inMeeting }, conversation: conversationOf(meeting) })
}

/** `POST meetings/{id}/notification`: 202 when everybody named takes part, otherwise 207 with those who do not. */
export async function notifyParticipants(call: BotCall): Promise<void> {
  const { participants = [] } = requireMeeting(call)
  const recipients = parseRecipients(await readJson(call.exchange.request))
  const strangers = recipients.filter((mri) => !participants.some(({ user }) => user.id === mri))
  if (strangers.length === 0) return sendEmpty(call.exchange.response, 202)
  sendJson(call.exchange.response, 207, {
    recipientsFailureInfo: strangers.map((recipientMri) => ({
      recipientMri,
      errorCode: 'MemberNotFoundInConversation',
      failureReason: 'The recipient does not take part in the meeting.',
    })),
  })
}

function parseRecipients(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badSyntax('The body must be an object.')
  const { type, value } = body as { type?: unknown; value?: { recipients?: unknown; surfaces?: unknown } | null }
  if (type !== 'targetedMeetingNotification') throw badArgument('type must be targetedMeetingNotification.')
  const { recipients, surfaces } = value ?? {}
  if (!Array.isArray(recipients) || recipients.length === 0) throw missingProperty('value.recipients')
  if (!Array.isArray(surfaces) || surfaces.length === 0) throw missingProperty('value.surfaces')
  if (!recipients.every((id) => typeof id === 'string')) throw badArgument('value.recipients must be ids.')
  return recipients
}

function conversationOf({ conversationId, tenantId }: TeamsMeeting): object {
  return {
    id: conversationId,
    conversationType: 'groupChat',
    isGroup: true,
    ...(tenantId === undefined ? {} : { tenantId }),
  }
}

function requireTeam({ exchange, bot, services }: BotCall): TeamsTeam {
  const team = services.teams.team(bot, param(exchange, 'teamId'))
  if (!team) throw new ApiError(404, 'NotFound', 'The bot is in no such team.')
  return team
}

function requireMeeting({ exchange, bot, services }: BotCall): TeamsMeeting {
  const meeting = services.teams.meeting(bot, param(exchange, 'meetingId'))
  if (!meeting) throw new ApiError(404, 'NotFound', 'The bot is in no such meeting.')
  return meeting
}
