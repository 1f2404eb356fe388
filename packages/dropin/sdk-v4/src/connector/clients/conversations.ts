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
import type { PathId } from '@parley/connector'
import type { RequestOptionsBase, RestResponse, ServiceCallback } from '../../stdlib/index.ts'
import { requireBody, requireText } from '../rest/arguments.ts'
import { callService } from '../rest/operation.ts'
import type { OptionsOrCallback, RestResult } from '../rest/operation.ts'
import type { RestContext } from '../rest/rest-context.ts'
import { hide } from '../credentials/hide.ts'

/** Which page of conversations. */
export interface ConversationsGetConversationsOptionalParams extends RequestOptionsBase {
  continuationToken: string
}

/** Which page of members, and of what size. */
export interface ConversationsGetConversationPagedMembersOptionalParams extends RequestOptionsBase {
  pageSize: number
  continuationToken: string
}

/**
 * Conversations, their activities and members. Methods give a promise, and tell a callback instead when one is passed.
 * They fail with a `RestError`.
 */
export class Conversations {
  declare private readonly client: RestContext

  constructor(client: RestContext) {
    hide(this, 'client', client)
  }

  getConversations(
    options?: OptionsOrCallback<ConversationsResult, ConversationsGetConversationsOptionalParams>,
    callback?: ServiceCallback<ConversationsResult>,
  ): Promise<RestResult<ConversationsResult>> {
    const prepare = ({ continuationToken }: RequestOptionsBase) =>
      ({ method: 'GET', path: ['v3', 'conversations'], query: { continuationToken } }) as const
    return callService(this.client, options, prepare, callback)
  }

  createConversation(
    parameters: ConversationParameters,
    options?: OptionsOrCallback<ConversationResourceResponse>,
    callback?: ServiceCallback<ConversationResourceResponse>,
  ): Promise<RestResult<ConversationResourceResponse>> {
    const prepare = () => {
      const { activity } = requireBody('parameters', 'ConversationParameters', parameters)
      const body = JSON.stringify(activity ? { ...parameters, activity: toWireActivity(activity) } : parameters)
      return { method: 'POST', path: ['v3', 'conversations'], body } as const
    }
    return callService(this.client, options, prepare, callback)
  }

  sendToConversation(
    conversationId: string,
    activity: Partial<Activity>,
    options?: OptionsOrCallback<ResourceResponse>,
    callback?: ServiceCallback<ResourceResponse>,
  ): Promise<RestResult<ResourceResponse>> {
    const prepare = () => {
      const path = [...inConversation(conversationId), 'activities']
      return { method: 'POST', path, body: activityBody(activity) } as const
    }
    return callService(this.client, options, prepare, callback)
  }

  sendConversationHistory(
    conversationId: string,
    history: Transcript,
    options?: OptionsOrCallback<ResourceResponse>,
    callback?: ServiceCallback<ResourceResponse>,
  ): Promise<RestResult<ResourceResponse>> {
    const prepare = () => {
      const path = [...inConversation(conversationId), 'activities', 'history']
      const { activities } = requireBody('history', 'Transcript', history)
      const body = JSON.stringify({ ...history, activities: activities?.map((activity) => toWireActivity(activity)) })
      return { method: 'POST', path, body } as const
    }
    return callService(this.client, options, prepare, callback)
  }

  updateActivity(
    conversationId: string,
    activityId: string,
    activity: Partial<Activity>,
    options?: OptionsOrCallback<ResourceResponse>,
    callback?: ServiceCallback<ResourceResponse>,
  ): Promise<RestResult<ResourceResponse>> {
    const prepare = () =>
      ({ method: 'PUT', path: onActivity(conversationId, activityId), body: activityBody(activity) }) as const
    return callService(this.client, options, prepare, callback)
  }

  replyToActivity(
    conversationId: string,
    activityId: string,
    activity: Partial<Activity>,
    options?: OptionsOrCallback<ResourceResponse>,
    callback?: ServiceCallback<ResourceResponse>,
  ): Promise<RestResult<ResourceResponse>> {
    const prepare = () => {
      const path = onActivity(conversationId, activityId)
      return { method: 'POST', path, body: activityBody(activity), headers: about(conversationId) } as const
    }
    return callService(this.client, options, prepare, callback)
  }

  deleteActivity(
    conversationId: string,
    activityId: string,
    options?: OptionsOrCallback<void>,
    callback?: ServiceCallback<void>,
  ): Promise<RestResponse> {
    const prepare = () => ({ method: 'DELETE', path: onActivity(conversationId, activityId) }) as const
    return callService(this.client, options, prepare, callback)
  }

  getConversationMembers(
    conversationId: string,
    options?: OptionsOrCallback<ChannelAccount[]>,
    callback?: ServiceCallback<ChannelAccount[]>,
  ): Promise<RestResult<ChannelAccount[]>> {
    const prepare = () =>
      ({ method: 'GET', path: [...inConversation(conversationId), 'members'], isList: true }) as const
    return callService(this.client, options, prepare, callback)
  }

  getConversationMember(
    conversationId: string,
    memberId: string,
    options?: OptionsOrCallback<ChannelAccount>,
    callback?: ServiceCallback<ChannelAccount>,
  ): Promise<RestResult<ChannelAccount>> {
    const prepare = () => ({ method: 'GET', path: onMember(conversationId, memberId) }) as const
    return callService(this.client, options, prepare, callback)
  }

  getConversationPagedMembers(
    conversationId: string,
    options?: OptionsOrCallback<PagedMembersResult, ConversationsGetConversationPagedMembersOptionalParams>,
    callback?: ServiceCallback<PagedMembersResult>,
  ): Promise<RestResult<PagedMembersResult>> {
    const prepare = ({ pageSize, continuationToken }: RequestOptionsBase) =>
      ({
        method: 'GET',
        path: [...inConversation(conversationId), 'pagedmembers'],
        query: { pageSize, continuationToken },
      }) as const
    return callService(this.client, options, prepare, callback)
  }

  deleteConversationMember(
    conversationId: string,
    memberId: string,
    options?: OptionsOrCallback<void>,
    callback?: ServiceCallback<void>,
  ): Promise<RestResponse> {
    const prepare = () => ({ method: 'DELETE', path: onMember(conversationId, memberId) }) as const
    return callService(this.client, options, prepare, callback)
  }

  getActivityMembers(
    conversationId: string,
    activityId: string,
    options?: OptionsOrCallback<ChannelAccount[]>,
    callback?: ServiceCallback<ChannelAccount[]>,
  ): Promise<RestResult<ChannelAccount[]>> {
    const prepare = () =>
      ({ method: 'GET', path: [...onActivity(conversationId, activityId), 'members'], isList: true }) as const
    return callService(this.client, options, prepare, callback)
  }

  uploadAttachment(
    conversationId: string,
    attachmentUpload: AttachmentData,
    options?: OptionsOrCallback<ResourceResponse>,
    callback?: ServiceCallback<ResourceResponse>,
  ): Promise<RestResult<ResourceResponse>> {
    const prepare = () => {
      const path = [...inConversation(conversationId), 'attachments']
      return { method: 'POST', path, body: attachmentBody(attachmentUpload) } as const
    }
    return callService(this.client, options, prepare, callback)
  }
}

type Path = readonly (string | PathId)[]

function inConversation(conversationId: string): Path {
  return ['v3', 'conversations', ['conversationId', requireText('conversationId', conversationId)]]
}

function onActivity(conversationId: string, activityId: string): Path {
  return [...inConversation(conversationId), 'activities', ['activityId', requireText('activityId', activityId)]]
}

function onMember(conversationId: string, memberId: string): Path {
  return [...inConversation(conversationId), 'members', ['memberId', requireText('memberId', memberId)]]
}

/** Services that stand before a channel route by it. */
function about(conversationId: string): Readonly<Record<string, string>> {
  // What cannot be in a header is left out.
  return /^[\x20-\x7e]+$/.test(conversationId) ? { 'x-ms-conversation-id': conversationId } : {}
}

function activityBody(activity: Partial<Activity>): string {
  return serializeActivity(requireBody('activity', 'Activity', activity))
}

function attachmentBody(attachment: AttachmentData): string {
  const { originalBase64, thumbnailBase64, ...rest } = requireBody('attachmentUpload', 'AttachmentData', attachment)
  const contents = { originalBase64: toBase64(originalBase64), thumbnailBase64: toBase64(thumbnailBase64) }
  return JSON.stringify({ ...rest, ...contents })
}

function toBase64(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
