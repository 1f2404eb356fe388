import { StatusCodes } from '@parley/core'
import type { Activity, AttachmentData, ConversationParameters, OpenValue, Transcript } from '@parley/core'
import type { ChannelServiceHandlerBase } from './channel-service-handler-base.ts'
import { readRouteActivity, readRouteBody } from './route-body.ts'
import { authorizationOf, queryOf } from './route-messages.ts'
import type { RouteRequest, RouteResponse, WebServer } from './route-messages.ts'

type Verb = 'get' | 'post' | 'put' | 'del' | 'delete'

type Process = `process${
  | 'SendConversationHistory'
  | 'SendToConversation'
  | 'ReplyToActivity'
  | 'UpdateActivity'
  | 'GetActivityMembers'
  | 'CreateConversation'
  | 'GetConversations'
  | 'GetConversationMembers'
  | 'GetConversationMember'
  | 'GetConversationPagedMembers'
  | 'UploadAttachment'
  | 'DeleteConversationMember'
  | 'DeleteActivity'}`

/** Ends a route; restify waits for it. */
type Next = ((error?: unknown) => void) | undefined

/**
 * The thirteen routes of the Bot Connector REST API over a {@link ChannelServiceHandlerBase}, for another bot to reach this one
 * as its channel.
 *
 * ```ts
 * new ChannelServiceRoutes(skillHandler).register(server, '/api/skills')
 * ```
 */
export class ChannelServiceRoutes {
  private readonly channelServiceHandler: ChannelServiceHandlerBase

  constructor(channelServiceHandler: ChannelServiceHandlerBase) {
    this.channelServiceHandler = channelServiceHandler
  }

  /** @param basePath - Before every path, e.g. `/api/skills`. Default empty. */
  register(server: WebServer, basePath = ''): void {
    const at = `${basePath}/v3/conversations`
    const conversation = `${at}/:conversationId`
    const activities = `${conversation}/activities`
    const remove = server.delete ? 'delete' : 'del'
    const route = (verb: Verb, path: string, process: Process): void => {
      server[verb]?.(path, (request, response, next: Next) => this[process](request, response, next))
    }
    route('post', activities, 'processSendToConversation')
    route('post', `${activities}/:activityId`, 'processReplyToActivity')
    route('put', `${activities}/:activityId`, 'processUpdateActivity')
    route('get', `${activities}/:activityId/members`, 'processGetActivityMembers')
    route('post', at, 'processCreateConversation')
    route('get', at, 'processGetConversations')
    route('get', `${conversation}/members`, 'processGetConversationMembers')
    route('get', `${conversation}/members/:memberId`, 'processGetConversationMember')
    route('get', `${conversation}/pagedmembers`, 'processGetConversationPagedMembers')
    route('post', `${activities}/history`, 'processSendConversationHistory')
    route('post', `${conversation}/attachments`, 'processUploadAttachment')
    route(remove, `${conversation}/members/:memberId`, 'processDeleteConversationMember')
    route(remove, `${activities}/:activityId`, 'processDeleteActivity')
  }

  private processSendToConversation(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, async (authHeader, { conversationId }) => {
      const activity = await ChannelServiceRoutes.readActivity(request)
      return this.channelServiceHandler.handleSendToConversation(authHeader, conversationId, activity)
    })
  }

  private processReplyToActivity(request: RouteRequest, response: RouteResponse, next?: Next): void {
    // Express takes the first route that fits, which takes `history` for the id of an activity.
    if (request.params?.activityId === 'history') return this.processSendConversationHistory(request, response, next)
    answer(request, response, next, StatusCodes.OK, async (authHeader, { conversationId, activityId }) => {
      const activity = await ChannelServiceRoutes.readActivity(request)
      return this.channelServiceHandler.handleReplyToActivity(authHeader, conversationId, activityId, activity)
    })
  }

  private processUpdateActivity(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, async (authHeader, { conversationId, activityId }) => {
      const activity = await ChannelServiceRoutes.readActivity(request)
      return this.channelServiceHandler.handleUpdateActivity(authHeader, conversationId, activityId, activity)
    })
  }

  private processDeleteActivity(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, (authHeader, { conversationId, activityId }) =>
      this.channelServiceHandler.handleDeleteActivity(authHeader, conversationId, activityId),
    )
  }

  private processGetActivityMembers(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, (authHeader, { conversationId, activityId }) =>
      this.channelServiceHandler.handleGetActivityMembers(authHeader, conversationId, activityId),
    )
  }

  private processCreateConversation(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.CREATED, async (authHeader) => {
      const parameters = await ChannelServiceRoutes.readBody<ConversationParameters>(request)
      return this.channelServiceHandler.handleCreateConversation(authHeader, parameters)
    })
  }

  private processGetConversations(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, (authHeader, { conversationId }) => {
      const continuationToken = queryOf(request, 'continuationToken')
      return this.channelServiceHandler.handleGetConversations(authHeader, conversationId, continuationToken)
    })
  }

  private processGetConversationMembers(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, (authHeader, { conversationId }) =>
      this.channelServiceHandler.handleGetConversationMembers(authHeader, conversationId),
    )
  }

  private processGetConversationMember(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, (authHeader, { conversationId, memberId }) =>
      this.channelServiceHandler.handleGetConversationMember(authHeader, memberId, conversationId),
    )
  }

  private processGetConversationPagedMembers(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, (authHeader, { conversationId }) => {
      const size = Number.parseInt(queryOf(request, 'pageSize') ?? '', 10)
      const pageSize = Number.isNaN(size) ? -1 : size
      const token = queryOf(request, 'continuationToken')
      return this.channelServiceHandler.handleGetConversationPagedMembers(authHeader, conversationId, pageSize, token)
    })
  }

  private processDeleteConversationMember(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, (authHeader, { conversationId, memberId }) =>
      this.channelServiceHandler.handleDeleteConversationMember(authHeader, conversationId, memberId),
    )
  }

  private processSendConversationHistory(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, async (authHeader, { conversationId }) => {
      const transcript = await ChannelServiceRoutes.readBody<Transcript>(request)
      return this.channelServiceHandler.handleSendConversationHistory(authHeader, conversationId, transcript)
    })
  }

  private processUploadAttachment(request: RouteRequest, response: RouteResponse, next?: Next): void {
    answer(request, response, next, StatusCodes.OK, async (authHeader, { conversationId }) => {
      const upload = await ChannelServiceRoutes.readBody<AttachmentData>(request)
      return this.channelServiceHandler.handleUploadAttachment(authHeader, conversationId, upload)
    })
  }

  private static readActivity(request: RouteRequest): Promise<Activity> {
    return readRouteActivity(request)
  }

  private static readBody<T>(request: RouteRequest): Promise<T> {
    return readRouteBody<T>(request)
  }

  /** Answers with the status and the message of the error; what is no error is kept back. */
  private static handleError(error: unknown, response: RouteResponse): void {
    const isError = error instanceof Error || typeof (error as OpenValue)?.message === 'string'
    const { statusCode, message } = (isError ? error : {}) as { statusCode?: unknown; message?: string }
    response.status(typeof statusCode === 'number' ? statusCode : StatusCodes.INTERNAL_SERVER_ERROR)
    response.send(message ?? 'An error occurred while processing the request.')
    response.end()
  }
}

/** Parts of the path. */
interface RouteParams {
  readonly conversationId: string
  readonly activityId: string
  readonly memberId: string
}

function answer(
  request: RouteRequest,
  response: RouteResponse,
  next: Next,
  status: number,
  work: (authHeader: string, params: RouteParams) => Promise<unknown>,
): void {
  const succeed = (body: unknown): void => {
    response.status(status)
    if (body !== undefined) response.send(body)
    response.end()
    // Express would look for somebody else to answer.
    if (!hasProperty(request, 'app')) next?.()
  }
  const fail = (error: unknown): void => {
    ChannelServiceRoutes['handleError'](error, response)
    // Restify counts the request as running until then.
    if (hasProperty(request, 'getRoute')) next?.()
  }
  // A client that has gone needs no answer.
  void Promise.resolve()
    .then(() => work(authorizationOf(request), request.params ?? {}))
    .then(succeed, fail)
    .catch(() => {})
}

function hasProperty(request: RouteRequest, name: string): boolean {
  return (request as OpenValue)[name] !== undefined
}
