import { serializeActivity, toWireActivity } from '@parley/core'
import type {
  Activity,
  AttachmentData,
  ChannelAccount,
  ConversationParameters,
  ConversationResourceResponse,
  ConversationsResult,
  PagedMembersResult,
  ResourceResponse,
  Transcript,
} from '@parley/core'
import type { OutboundMethod } from './outbound.ts'
import { query, segment } from './path.ts'
import { hasId } from './service.ts'
import type { CallOptions, Operation, Service } from './service.ts'

/** Which page of a listing. */
export interface PageOptions extends CallOptions {
  /** From the page before; absent for the first. */
  readonly continuationToken?: string | undefined
}

/** Which page of members, and of what size. */
export interface MembersPageOptions extends PageOptions {
  /** Wish for the number of members; the service may give fewer, or none and still have more pages. */
  readonly pageSize?: number | undefined
}

/**
 * Conversations and their activities and members. Every method fails with a {@link SendError} (`SEND_…`), or with
 * {@link IdInvalidError} `CONNECTOR_ID_INVALID` for an empty id.
 *
 * @see https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export class Conversations {
  private readonly service: Service

  constructor(service: Service) {
    this.service = service
  }

  /** Conversations the bot took part in, one page. Few channels can tell. */
  async getConversations(options: PageOptions = {}): Promise<ConversationsResult> {
    const path = `/v3/conversations${query({ continuationToken: options.continuationToken })}`
    return this.service.read({ name: 'getConversations', method: 'GET', path }, acceptConversations, options)
  }

  /**
   * Starts a conversation, or finds the one the channel has with the same user.
   *
   * @throws {@link SendAnswerInvalidError} `SEND_ANSWER_INVALID`: it may exist, but the service did not say under which id.
   */
  async createConversation(
    parameters: ConversationParameters,
    options?: CallOptions,
  ): Promise<ConversationResourceResponse> {
    const { activity } = parameters
    const body = JSON.stringify(activity ? { ...parameters, activity: toWireActivity(activity) } : parameters)
    const operation: Operation = { name: 'createConversation', method: 'POST', path: '/v3/conversations', body }
    return this.service.read(operation, acceptConversation, options)
  }

  /** Appends an activity. The id is `''` when the service took it without telling one. */
  async sendToConversation(
    conversationId: string,
    activity: Partial<Activity>,
    options?: CallOptions,
  ): Promise<ResourceResponse> {
    const operation = inConversation('sendToConversation', 'POST', conversationId, '/activities')
    return this.service.write({ ...operation, body: serializeActivity(activity) }, options)
  }

  /** Appends an activity as the answer to another. The id is `''` when the service took it without telling one. */
  async replyToActivity(
    conversationId: string,
    activityId: string,
    activity: Partial<Activity>,
    options?: CallOptions,
  ): Promise<ResourceResponse> {
    const operation = onActivity('replyToActivity', 'POST', conversationId, activityId)
    return this.service.write({ ...operation, body: serializeActivity(activity) }, options)
  }

  /** Replaces an activity as a whole. */
  async updateActivity(
    conversationId: string,
    activityId: string,
    activity: Partial<Activity>,
    options?: CallOptions,
  ): Promise<ResourceResponse> {
    const operation = onActivity('updateActivity', 'PUT', conversationId, activityId)
    return this.service.write({ ...operation, body: serializeActivity(activity) }, options)
  }

  /** Removes an activity. */
  async deleteActivity(conversationId: string, activityId: string, options?: CallOptions): Promise<void> {
    await this.service.run(onActivity('deleteActivity', 'DELETE', conversationId, activityId), options)
  }

  /** Puts past activities into a conversation. */
  async sendConversationHistory(
    conversationId: string,
    history: Transcript,
    options?: CallOptions,
  ): Promise<ResourceResponse> {
    const operation = inConversation('sendConversationHistory', 'POST', conversationId, '/activities/history')
    const body = JSON.stringify({ activities: history.activities.map(toWireActivity) })
    return this.service.write({ ...operation, body }, options)
  }

  /** All members. Channels with large groups want {@link Conversations.getConversationPagedMembers}. */
  async getConversationMembers(conversationId: string, options?: CallOptions): Promise<ChannelAccount[]> {
    const operation = inConversation('getConversationMembers', 'GET', conversationId, '/members')
    return this.service.read(operation, acceptMembers, options)
  }

  /** One member. */
  async getConversationMember(
    conversationId: string,
    memberId: string,
    options?: CallOptions,
  ): Promise<ChannelAccount> {
    const rest = `/members/${segment('memberId', memberId)}`
    return this.service.read(
      inConversation('getConversationMember', 'GET', conversationId, rest),
      acceptMember,
      options,
    )
  }

  /** Members, one page; there are more while the answer has a `continuationToken`, even on an empty page. */
  async getConversationPagedMembers(
    conversationId: string,
    options: MembersPageOptions = {},
  ): Promise<PagedMembersResult> {
    const { pageSize, continuationToken } = options
    const rest = `/pagedmembers${query({ pageSize, continuationToken })}`
    const operation = inConversation('getConversationPagedMembers', 'GET', conversationId, rest)
    return this.service.read(operation, acceptMembersPage, options)
  }

  /** Removes a member; with the last one the conversation goes. */
  async deleteConversationMember(conversationId: string, memberId: string, options?: CallOptions): Promise<void> {
    const rest = `/members/${segment('memberId', memberId)}`
    await this.service.run(inConversation('deleteConversationMember', 'DELETE', conversationId, rest), options)
  }

  /** Members who can see an activity. */
  async getActivityMembers(
    conversationId: string,
    activityId: string,
    options?: CallOptions,
  ): Promise<ChannelAccount[]> {
    const operation = onActivity('getActivityMembers', 'GET', conversationId, activityId)
    return this.service.read({ ...operation, path: `${operation.path}/members` }, acceptMembers, options)
  }

  /** Uploads a file into the channel's storage. */
  async uploadAttachment(
    conversationId: string,
    attachmentUpload: AttachmentData,
    options?: CallOptions,
  ): Promise<ResourceResponse> {
    const operation = inConversation('uploadAttachment', 'POST', conversationId, '/attachments')
    const { originalBase64, thumbnailBase64, ...rest } = attachmentUpload
    const contents = { originalBase64: toBase64(originalBase64), thumbnailBase64: toBase64(thumbnailBase64) }
    return this.service.write({ ...operation, body: JSON.stringify({ ...rest, ...contents }) }, options)
  }
}

function inConversation(name: string, method: OutboundMethod, conversationId: string, rest: string): Operation {
  return { name, method, path: `/v3/conversations/${segment('conversationId', conversationId)}${rest}` }
}

function onActivity(name: string, method: OutboundMethod, conversationId: string, activityId: string): Operation {
  return inConversation(name, method, conversationId, `/activities/${segment('activityId', activityId)}`)
}

/** `thumbnailBase64` is optional on the wire. */
function toBase64(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** Old services leave an empty list out. */
function acceptMembers(value: unknown): ChannelAccount[] | undefined {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : undefined
}

function acceptMember(value: unknown): ChannelAccount | undefined {
  return hasId(value) ? (value as ChannelAccount) : undefined
}

function acceptMembersPage(value: unknown): PagedMembersResult | undefined {
  return withList<PagedMembersResult>(value, 'members')
}

function acceptConversations(value: unknown): ConversationsResult | undefined {
  return withList<ConversationsResult>(value, 'conversations')
}

function acceptConversation(value: unknown): ConversationResourceResponse | undefined {
  return hasId(value) ? (value as ConversationResourceResponse) : undefined
}

function withList<T>(value: unknown, name: keyof T & string): T | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const list = (value as Record<string, unknown>)[name] ?? []
  return Array.isArray(list) ? ({ ...value, [name]: list } as T) : undefined
}
