import { StatusCodes } from '@parley/core'
import type {
  Activity,
  AttachmentData,
  ChannelAccount,
  ClaimsIdentity,
  ConversationParameters,
  ConversationResourceResponse,
  ConversationsResult,
  PagedMembersResult,
  ResourceResponse,
  Transcript,
} from '@parley/core'
import { StatusCodeError } from './status-code-error.ts'

/**
 * The Bot Connector REST API as another bot calls it on this one: the far end of its connector client. Each `handle…` proves who
 * calls and hands over to its `on…`, of which subclasses override what they offer; the others answer 501.
 *
 * `authHeader` is the value of the header `Authorization`, empty when there is none.
 */
export abstract class ChannelServiceHandlerBase {
  /** Appends an activity to a conversation. */
  async handleSendToConversation(
    authHeader: string,
    conversationId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    return this.onSendToConversation(await this.authenticate(authHeader), conversationId, activity)
  }

  /** Appends an activity as the answer to another. */
  async handleReplyToActivity(
    authHeader: string,
    conversationId: string,
    activityId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    return this.onReplyToActivity(await this.authenticate(authHeader), conversationId, activityId, activity)
  }

  /** Replaces an activity as a whole. */
  async handleUpdateActivity(
    authHeader: string,
    conversationId: string,
    activityId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    return this.onUpdateActivity(await this.authenticate(authHeader), conversationId, activityId, activity)
  }

  /** Removes an activity. */
  async handleDeleteActivity(authHeader: string, conversationId: string, activityId: string): Promise<void> {
    return this.onDeleteActivity(await this.authenticate(authHeader), conversationId, activityId)
  }

  /** Lists the members who can see an activity. */
  async handleGetActivityMembers(
    authHeader: string,
    conversationId: string,
    activityId: string,
  ): Promise<ChannelAccount[]> {
    return this.onGetActivityMembers(await this.authenticate(authHeader), conversationId, activityId)
  }

  /** Begins a conversation. */
  async handleCreateConversation(
    authHeader: string,
    parameters: ConversationParameters,
  ): Promise<ConversationResourceResponse> {
    return this.onCreateConversation(await this.authenticate(authHeader), parameters)
  }

  /** Lists conversations, one page. */
  async handleGetConversations(
    authHeader: string,
    conversationId: string,
    continuationToken?: string,
  ): Promise<ConversationsResult> {
    return this.onGetConversations(await this.authenticate(authHeader), conversationId, continuationToken)
  }

  /** Lists all members. */
  async handleGetConversationMembers(authHeader: string, conversationId: string): Promise<ChannelAccount[]> {
    return this.onGetConversationMembers(await this.authenticate(authHeader), conversationId)
  }

  /** Gives one member. */
  async handleGetConversationMember(
    authHeader: string,
    userId: string,
    conversationId: string,
  ): Promise<ChannelAccount> {
    return this.onGetConversationMember(await this.authenticate(authHeader), userId, conversationId)
  }

  /** Lists members, one page; a `pageSize` of -1 leaves the size open. */
  async handleGetConversationPagedMembers(
    authHeader: string,
    conversationId: string,
    pageSize = -1,
    continuationToken?: string,
  ): Promise<PagedMembersResult> {
    return this.onGetConversationPagedMembers(
      await this.authenticate(authHeader),
      conversationId,
      pageSize,
      continuationToken,
    )
  }

  /** Removes a member. */
  async handleDeleteConversationMember(authHeader: string, conversationId: string, memberId: string): Promise<void> {
    return this.onDeleteConversationMember(await this.authenticate(authHeader), conversationId, memberId)
  }

  /** Puts past activities into a conversation. */
  async handleSendConversationHistory(
    authHeader: string,
    conversationId: string,
    transcript: Transcript,
  ): Promise<ResourceResponse> {
    return this.onSendConversationHistory(await this.authenticate(authHeader), conversationId, transcript)
  }

  /** Takes a file. */
  async handleUploadAttachment(
    authHeader: string,
    conversationId: string,
    attachmentUpload: AttachmentData,
  ): Promise<ResourceResponse> {
    return this.onUploadAttachment(await this.authenticate(authHeader), conversationId, attachmentUpload)
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onSendToConversation(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _activity: Activity,
  ): Promise<ResourceResponse> {
    throw notImplemented('onSendToConversation')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onReplyToActivity(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _activityId: string,
    _activity: Activity,
  ): Promise<ResourceResponse> {
    throw notImplemented('onReplyToActivity')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onUpdateActivity(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _activityId: string,
    _activity: Activity,
  ): Promise<ResourceResponse> {
    throw notImplemented('onUpdateActivity')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onDeleteActivity(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _activityId: string,
  ): Promise<void> {
    throw notImplemented('onDeleteActivity')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onGetActivityMembers(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _activityId: string,
  ): Promise<ChannelAccount[]> {
    throw notImplemented('onGetActivityMembers')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onCreateConversation(
    _claimsIdentity: ClaimsIdentity,
    _parameters: ConversationParameters,
  ): Promise<ConversationResourceResponse> {
    throw notImplemented('onCreateConversation')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onGetConversations(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _continuationToken?: string,
  ): Promise<ConversationsResult> {
    throw notImplemented('onGetConversations')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onGetConversationMembers(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
  ): Promise<ChannelAccount[]> {
    throw notImplemented('onGetConversationMembers')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onGetConversationMember(
    _claimsIdentity: ClaimsIdentity,
    _userId: string,
    _conversationId: string,
  ): Promise<ChannelAccount> {
    throw notImplemented('onGetConversationMember')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onGetConversationPagedMembers(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _pageSize?: number,
    _continuationToken?: string,
  ): Promise<PagedMembersResult> {
    throw notImplemented('onGetConversationPagedMembers')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onDeleteConversationMember(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _memberId: string,
  ): Promise<void> {
    throw notImplemented('onDeleteConversationMember')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onSendConversationHistory(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _transcript: Transcript,
  ): Promise<ResourceResponse> {
    throw notImplemented('onSendConversationHistory')
  }

  /** @throws {@link StatusCodeError} 501, unless overridden. */
  protected async onUploadAttachment(
    _claimsIdentity: ClaimsIdentity,
    _conversationId: string,
    _attachmentUpload: AttachmentData,
  ): Promise<ResourceResponse> {
    throw notImplemented('onUploadAttachment')
  }

  /**
   * Proves who calls.
   *
   * @throws An error whose `statusCode` is 401 or 403: nobody this bot answers to.
   */
  protected abstract authenticate(authHeader: string): Promise<ClaimsIdentity>
}

function notImplemented(method: string): StatusCodeError {
  const message = `ChannelServiceHandler.${method}(): 501: Not Implemented`
  return new StatusCodeError(StatusCodes.NOT_IMPLEMENTED, message)
}
