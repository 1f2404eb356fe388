import { uploadAttachment } from '../attachments/attachment-routes.ts'
import type { RouteHandler } from '../http/exchange.ts'
import type { RouteMethod, Routes } from '../http/routes.ts'
import { deleteActivity, importHistory, listActivities, sendActivity, updateActivity } from './activity-routes.ts'
import { requireBot, requireOwnConversation } from './bot-access.ts'
import type { BotCall, ConnectorServices, ConversationCall } from './bot-call.ts'
import { createConversation, listConversations } from './conversation-routes.ts'
import { withFaults } from './faults/with-faults.ts'
import { getMember, listActivityMembers, listMembers, pageMembers, removeMember } from './member-routes.ts'
import {
  cancelOperation,
  getOperation,
  listFailedEntries,
  sendToChannels,
  sendToTeam,
  sendToTenant,
  sendToUsers,
} from './teams/batch-routes.ts'
import { getMeeting, getParticipant, getTeam, listChannels, notifyParticipants } from './teams/team-routes.ts'

/** The Connector API, version 3: the calls bots make. Every one needs the bearer token of a registered bot. */
export function addConnectorRoutes(routes: Routes, services: ConnectorServices): void {
  const forBot = (method: RouteMethod, path: string, answer: (call: BotCall) => void | Promise<void>): void => {
    const handler: RouteHandler = (exchange) =>
      answer({ exchange, services, bot: requireBot(exchange, services.accessTokens) })
    routes.add(method, path, withFaults(services.faults, handler))
  }
  const inConversation = (
    method: RouteMethod,
    path: string,
    answer: (call: ConversationCall) => void | Promise<void>,
  ): void => {
    forBot(method, `/v3/conversations/:conversationId${path}`, (call) => {
      return answer({ ...call, conversation: requireOwnConversation(call.exchange, call.bot, services.conversations) })
    })
  }
  forBot('GET', '/v3/conversations', listConversations)
  forBot('POST', '/v3/conversations', createConversation)
  inConversation('GET', '/activities', listActivities)
  inConversation('POST', '/activities', sendActivity)
  inConversation('POST', '/activities/history', importHistory)
  inConversation('POST', '/activities/:activityId', sendActivity)
  inConversation('PUT', '/activities/:activityId', updateActivity)
  inConversation('DELETE', '/activities/:activityId', deleteActivity)
  inConversation('GET', '/activities/:activityId/members', listActivityMembers)
  inConversation('GET', '/members', listMembers)
  inConversation('GET', '/members/:memberId', getMember)
  inConversation('DELETE', '/members/:memberId', removeMember)
  inConversation('GET', '/pagedmembers', pageMembers)
  inConversation('POST', '/attachments', uploadAttachment)
  forBot('GET', '/v3/teams/:teamId', getTeam)
  forBot('GET', '/v3/teams/:teamId/conversations', listChannels)
  forBot('GET', '/v1/meetings/:meetingId', getMeeting)
  forBot('GET', '/v1/meetings/:meetingId/participants/:participantId', getParticipant)
  forBot('POST', '/v1/meetings/:meetingId/notification', notifyParticipants)
  forBot('POST', '/v3/batch/conversation/users', sendToUsers)
  forBot('POST', '/v3/batch/conversation/tenant', sendToTenant)
  forBot('POST', '/v3/batch/conversation/team', sendToTeam)
  forBot('POST', '/v3/batch/conversation/channels', sendToChannels)
  forBot('GET', '/v3/batch/conversation/:operationId', getOperation)
  forBot('DELETE', '/v3/batch/conversation/:operationId', cancelOperation)
  forBot('GET', '/v3/batch/conversation/failedentries/:operationId', listFailedEntries)
}
