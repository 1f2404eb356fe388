import { checkWireActivity } from '../../conversations/check-wire-activity.ts'
import type { WireActivity } from '../../conversations/wire-activity.ts'
import { ApiError, badArgument, badSyntax, missingProperty } from '../../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../../http/exchange.ts'
import { readJson } from '../../http/read-body.ts'
import type { ConversationRecord } from '../../store/conversation-record.ts'
import type { BotCall } from '../bot-call.ts'
import { parseContinuationToken } from '../continuation-token.ts'
import type { BatchEntry } from './batch-operations.ts'
import { TEAMS_CHANNEL } from './teams.ts'

const PAGE_SIZE = 100

interface Batch {
  readonly activity: WireActivity
  readonly tenantId: string
  readonly body: Readonly<Record<string, unknown>>
}

type Target = (
  call: BotCall,
  batch: Batch,
) => readonly { readonly id: string; readonly conversation?: ConversationRecord }[]

/** `POST batch/conversation/users`: to the chats of users, named by `29:…` or by object id. */
export async function sendToUsers(call: BotCall): Promise<void> {
  await sendToMany(call, ({ bot, services }, { tenantId, body }) =>
    parseMembers(body).map((id) => {
      const member = services.teams.memberOf(bot, id)
      return member ? { id, conversation: services.teams.chatWith(bot, member, tenantId) } : { id }
    }),
  )
}

/** `POST batch/conversation/tenant`: to the chats of everybody in the tenant. */
export async function sendToTenant(call: BotCall): Promise<void> {
  await sendToMany(call, ({ bot, services }, { tenantId }) =>
    services.teams.membersOf(bot, tenantId).map((member) => {
      return { id: member.id, conversation: services.teams.chatWith(bot, member, tenantId) }
    }),
  )
}

/** `POST batch/conversation/team`: to the chats of everybody in a team. */
export async function sendToTeam(call: BotCall): Promise<void> {
  await sendToMany(call, ({ bot, services }, { tenantId, body }) => {
    if (typeof body['teamId'] !== 'string') throw missingProperty('teamId')
    const team = services.teams.team(bot, body['teamId'])
    if (!team) throw new ApiError(404, 'NotFound', 'The bot is in no such team.')
    return (team.members ?? []).map((member) => {
      return { id: member.id, conversation: services.teams.chatWith(bot, member, tenantId) }
    })
  })
}

/** `POST batch/conversation/channels`: to channels. */
export async function sendToChannels(call: BotCall): Promise<void> {
  await sendToMany(call, ({ bot, services }, { body }) =>
    parseMembers(body).map((id) => {
      const conversation = services.conversations.get(id)
      const isOwn = conversation?.botId === bot.appId && conversation.channelId === TEAMS_CHANNEL
      return isOwn ? { id, conversation } : { id }
    }),
  )
}

/** `GET batch/conversation/{op}`: how far a message to many is. It is always done: this machine has no queue. */
export function getOperation(call: BotCall): void {
  const entries = requireOperation(call)
  const statusMap: Record<string, number> = {}
  for (const { error } of entries) {
    const status = String(error?.status ?? 201)
    statusMap[status] = (statusMap[status] ?? 0) + 1
  }
  sendJson(call.exchange.response, 200, { state: 'Completed', statusMap, totalEntriesCount: entries.length })
}

/** `GET batch/conversation/failedentries/{op}`: whom it did not reach. */
export function listFailedEntries(call: BotCall): void {
  const failed = requireOperation(call).flatMap(({ id, error }) => (error ? [{ id, error: error.text }] : []))
  const start = parseContinuationToken(call.exchange.query.get('continuationToken'))
  const end = start + PAGE_SIZE
  sendJson(call.exchange.response, 200, {
    ...(end < failed.length ? { continuationToken: String(end) } : {}),
    failedEntryResponses: failed.slice(start, end),
  })
}

/** `DELETE batch/conversation/{op}`: whoever has the message keeps it. */
export function cancelOperation(call: BotCall): void {
  requireOperation(call)
  sendEmpty(call.exchange.response, 200)
}

async function sendToMany(call: BotCall, target: Target): Promise<void> {
  const { exchange, bot, services } = call
  const batch = parseBatch(await readJson(exchange.request))
  const entries = services.conversations.atomically(() =>
    target(call, batch).map(({ id, conversation }): BatchEntry => {
      if (!conversation) return { id, error: { status: 404, text: 'NotFound: the bot knows no such recipient.' } }
      if (conversation.endedAt !== undefined) {
        return { id, error: { status: 403, text: 'Forbidden: the conversation has ended.' } }
      }
      services.sends.send(conversation, bot, batch.activity)
      return { id }
    }),
  )
  sendJson(exchange.response, 201, { operationId: services.operations.add(bot, entries) })
}

function parseBatch(body: unknown): Batch {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badSyntax('The body must be an object.')
  const { activity, tenantId } = body as Record<string, unknown>
  if (activity === undefined || activity === null) throw missingProperty('activity')
  if (typeof tenantId !== 'string' || tenantId === '') throw missingProperty('tenantId')
  return { activity: checkWireActivity(activity), tenantId, body: body as Record<string, unknown> }
}

function parseMembers({ members }: Readonly<Record<string, unknown>>): readonly string[] {
  const isList = Array.isArray(members) && members.length > 0
  if (!isList) throw missingProperty('members')
  return members.map((member: { id?: unknown } | null) => {
    if (typeof member?.id !== 'string' || member.id === '') throw badArgument('members must each have an id.')
    return member.id
  })
}

function requireOperation({ exchange, bot, services }: BotCall): readonly BatchEntry[] {
  const entries = services.operations.entriesOf(bot, param(exchange, 'operationId'))
  if (!entries) throw new ApiError(404, 'NotFound', 'The bot has no such operation.')
  return entries
}
