import { audienceOf } from '../conversations/targeted-activities.ts'
import { ApiError, activityNotFound, badArgument } from '../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../http/exchange.ts'
import type { ConversationCall } from './bot-call.ts'
import { parseContinuationToken } from './continuation-token.ts'

const PAGE_SIZE = { default: 200, largest: 500 } as const

/** C8: everybody in the conversation. */
export function listMembers({ exchange, conversation }: ConversationCall): void {
  sendJson(exchange.response, 200, conversation.members)
}

/** C9: one member. */
export function getMember({ exchange, conversation }: ConversationCall): void {
  const member = conversation.members.find(({ id }) => id === param(exchange, 'memberId'))
  if (!member) throw memberNotFound()
  sendJson(exchange.response, 200, member)
}

/** C10: everybody in the conversation, page by page. */
export function pageMembers({ exchange, conversation }: ConversationCall): void {
  const start = parseContinuationToken(exchange.query.get('continuationToken'))
  const end = start + parsePageSize(exchange.query.get('pageSize'))
  sendJson(exchange.response, 200, {
    members: conversation.members.slice(start, end),
    ...(end < conversation.members.length ? { continuationToken: String(end) } : {}),
  })
}

/** C11: takes a member out; the last one takes the conversation along. */
export function removeMember({ exchange, conversation, services }: ConversationCall): void {
  if (!services.conversations.removeMember(conversation, param(exchange, 'memberId'))) throw memberNotFound()
  sendEmpty(exchange.response, 200)
}

/** C12: who sees an activity: everybody in the conversation, or the one it is targeted at. */
export function listActivityMembers({ exchange, conversation, services }: ConversationCall): void {
  const id = param(exchange, 'activityId')
  if (!services.conversations.hasIssued(conversation.id, id)) throw activityNotFound()
  const activity = services.conversations.store.find(conversation.id, id) ?? {}
  sendJson(exchange.response, 200, audienceOf(activity, conversation.members))
}

function parsePageSize(value: string | null): number {
  if (value === null || value === '') return PAGE_SIZE.default
  const size = Number(value)
  if (!Number.isInteger(size) || size < 1) throw badArgument('pageSize must be a whole number above 0.')
  return Math.min(size, PAGE_SIZE.largest)
}

function memberNotFound(): ApiError {
  return new ApiError(404, 'MemberNotFoundInConversation', 'The conversation has no such member.')
}
