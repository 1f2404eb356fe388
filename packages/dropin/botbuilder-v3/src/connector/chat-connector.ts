// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import { ActivityRoad, fromNodeRequest, jsonAnswer, writeNodeAnswer } from '@parley/adapter/internal'
import type { Answer, RoadTurn } from '@parley/adapter/internal'
import { anonymousTokenSource, createClientSecretTokenSource, createInboundAuthenticator } from '@parley/auth'
import type { InboundAuthenticator } from '@parley/auth'
import { ConnectorFactory } from '@parley/connector'
import type { ConnectorClient, UserTokenServiceClient } from '@parley/connector'
import { ActivityTypes, DeliveryModes, InboundRefusedError } from '@parley/core'
import type { Activity, TokenSource, Transcript } from '@parley/core'
import { toError } from '@parley/core/internal'
import { BotStateClient } from '@parley/storage-bot-state'
import { NO_ERROR } from '../callbacks.ts'
import type {
  IBotStorage,
  IBotStorageContext,
  IBotStorageData,
  IChatConnectorSettings,
  IConnector,
} from '../contracts/connectors.ts'
import type {
  IAddress,
  IChatConnectorAddress,
  IConversationsResult,
  IEvent,
  IMessage,
  IPagedMembersResult,
  ITokenResponse,
  ITranscript,
} from '../contracts/events.ts'
import { UnsupportedError } from '../unsupported-error.ts'
import { resolveSettings } from './connector-settings.ts'
import type { ResolvedSettings } from './connector-settings.ts'
import { consoleLogger } from './console-logger.ts'
import { provideQueue } from './conversation-queue.ts'
import { eventOfActivity } from './event-of-activity.ts'
import { MessageSender } from './message-sender.ts'
import { StateBags, StateEndpointMissingError } from './state-bags.ts'

const MAX_BODY_BYTES = 1024 * 1024
const LOOPBACK = /^https?:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(\/|$)/i

type EventHandler = (events: IEvent[], callback?: (err: Error) => void) => void
type InvokeHandler = (event: IEvent, cb?: (err: Error, body: any, status?: number) => void) => void

/**
 * Joins a bot to channels over HTTP. Requests take Parley's road: the sender is proven before the body is read, deliveries of
 * one activity are one turn, and the turns of a conversation run one after the other. The channel is answered at once, invokes
 * when the bot has answered them.
 */
export class ChatConnector implements IConnector, IBotStorage {
  protected settings: IChatConnectorSettings
  private readonly resolved: ResolvedSettings
  private readonly tokens: TokenSource
  private readonly authenticator: InboundAuthenticator
  private readonly road: ActivityRoad
  private readonly connectors: ConnectorFactory
  private readonly sender: MessageSender = new MessageSender((serviceUrl) => this.clientOf(serviceUrl))
  private readonly bags: StateBags
  private readonly stateClients: Map<string, BotStateClient> = new Map()
  private eventHandler: EventHandler | undefined
  private invokeHandler: InvokeHandler | undefined

  /** @throws {@link SettingsError} `DROPIN_SETTINGS_INVALID`. */
  constructor(settings: IChatConnectorSettings = {}) {
    const resolved = resolveSettings(settings)
    const { appId, appPassword, tenantId, cloud, localService, endpoint } = resolved
    const logger = consoleLogger
    this.settings = { ...settings, endpoint }
    this.resolved = resolved
    this.tokens =
      appId && appPassword
        ? createClientSecretTokenSource({ appId, secret: appPassword, tenantId, cloud, logger })
        : anonymousTokenSource
    const isAnonymous = appId === undefined
    this.authenticator = createInboundAuthenticator({
      appId,
      tenantId,
      cloud,
      logger,
      allowAnonymous: isAnonymous,
      allowEmulator: true,
    })
    this.road = new ActivityRoad({
      authenticator: this.authenticator,
      logger,
      servesOnlyThisMachine: isAnonymous,
      maxBodyBytes: MAX_BODY_BYTES,
      acknowledgeAfterMs: 0,
      trustedServiceUrls: localService ? [localService] : [],
    })
    this.connectors = new ConnectorFactory({ tokens: this.tokens, allowLoopback: cloud.allowLoopback, logger })
    this.bags = new StateBags((context) => this.stateClientOf(context), settings.gzipData ?? false)
    provideQueue(this, ({ channelId, conversation }, turn) => {
      return this.road.runProactive({ channelId, conversation } as Activity, turn)
    })
  }

  /** Handler of `POST /api/messages` for restify, express and `node:http`; a body parser before it is fine. */
  listen(): (req: any, res: any) => void {
    // oxlint-disable-next-line typescript/no-misused-promises -- restify tells handlers without `next` by the `async` keyword
    return async (req: any, res: any): Promise<void> => {
      try {
        const request = fromNodeRequest(req)
        const answer = await this.road.handle(request, (_sender, activity) => {
          this.road.trusted.prove(activity.serviceUrl)
          return this.turnOf(activity)
        })
        writeNodeAnswer(res, answer)
      } catch (error) {
        consoleLogger.error({ ev: 'answer.failed', err: toError(error) }, 'Could not write an answer.')
      }
    }
  }

  /** Handler that lets only requests of channels on to the next one. {@link ChatConnector.listen} needs none before it. */
  verifyBotFramework(): (req: any, res: any, next: (err?: any) => void) => void {
    return (req, res, next) => {
      const request = fromNodeRequest(req)
      const { rawHeaders } = request
      const authorization = request.header('authorization')
      this.authenticator.authenticate(rawHeaders ? { rawHeaders, authorization } : { authorization }).then(
        () => next(),
        (error: unknown) => {
          const status = error instanceof InboundRefusedError ? error.status : 500
          writeNodeAnswer(res, { status, headers: {} })
        },
      )
    }
  }

  onEvent(handler: (events: IEvent[], callback?: (err: Error) => void) => void): void {
    this.eventHandler = handler
  }

  onInvoke(handler: (event: IEvent, cb?: (err: Error, body: any, status?: number) => void) => void): void {
    this.invokeHandler = handler
  }

  /** Sends messages in order, as replies where their address has the id of an activity. The first that fails ends it. */
  send(messages: IMessage[], done: (err: Error, addresses?: IAddress[]) => void): void {
    settle(() => this.sender.send(messages), done)
  }

  /** Starts a conversation, or finds the one with the user; `done` gets its address. */
  startConversation(address: IAddress, done: (err: Error, address?: IAddress) => void): void {
    settle<IAddress>(() => this.sender.start(address), done)
  }

  /** Replaces the message that its address names. */
  update(message: IMessage, done: (err: Error, address?: IAddress) => void): void {
    settle<IAddress>(() => this.sender.update(message), done)
  }

  /** Removes the message that the address names. */
  delete(address: IAddress, done: (err: Error) => void): void {
    settle(() => this.sender.remove(address), done)
  }

  getConversations(
    serviceUrl: string,
    continuationToken: string | undefined,
    done: (err: Error, result?: IConversationsResult) => void,
  ): void {
    const page = async (): Promise<unknown> =>
      this.clientOf(serviceUrl).conversations.getConversations({ continuationToken })
    settle(page as () => Promise<IConversationsResult>, done)
  }

  getConversationPagedMembers(
    serviceUrl: string,
    conversationId: string,
    pageSize: number | undefined,
    continuationToken: string | undefined,
    done: (err: Error, result?: IPagedMembersResult) => void,
  ): void {
    const options = { pageSize, continuationToken }
    const page = async (): Promise<unknown> =>
      this.clientOf(serviceUrl).conversations.getConversationPagedMembers(conversationId, options)
    settle(page as () => Promise<IPagedMembersResult>, done)
  }

  deleteConversationMember(
    serviceUrl: string,
    conversationId: string,
    memberId: string,
    done: (err: Error) => void,
  ): void {
    const remove = async (): Promise<void> =>
      this.clientOf(serviceUrl).conversations.deleteConversationMember(conversationId, memberId)
    settle(remove, done)
  }

  sendConversationHistory(
    serviceUrl: string,
    conversationId: string,
    transcript: ITranscript,
    done: (err: Error, results: any) => void,
  ): void {
    const history = transcript as unknown as Transcript
    const put = async (): Promise<unknown> =>
      this.clientOf(serviceUrl).conversations.sendConversationHistory(conversationId, history)
    settle(put, done)
  }

  /** The token of a user for a connection, or none in its place. */
  getUserToken(
    address: IChatConnectorAddress,
    connectionName: string,
    magicCode: string | undefined,
    done: (err: Error, results: ITokenResponse) => void,
  ): void {
    const { user, channelId } = address
    const token = async (): Promise<unknown> =>
      this.userTokens().getUserToken(user.id, connectionName, channelId, magicCode)
    settle(token as () => Promise<ITokenResponse>, done)
  }

  signOutUser(
    address: IChatConnectorAddress,
    connectionName: string,
    done: (err: Error, results: ITokenResponse) => void,
  ): void {
    const { user, channelId } = address
    const signOut = async (): Promise<unknown> => this.userTokens().signOutUser(user.id, connectionName, channelId)
    settle(signOut as () => Promise<ITokenResponse>, done)
  }

  /** Address of a page where the user signs in. */
  getSignInLink(
    address: IChatConnectorAddress,
    connectionName: string,
    done: (err: Error, link: string) => void,
  ): void {
    const { id, channelId, serviceUrl, user, bot, conversation } = address
    const activity = { id, channelId, serviceUrl, from: user, recipient: bot, conversation } as Partial<Activity>
    const link = async (): Promise<string> => {
      const { signInLink } = await this.userTokens().getSignInResource(connectionName, activity)
      return signInLink ?? ''
    }
    settle(link, done)
  }

  /** Reads the data of a turn from Bot State. */
  getData(context: IBotStorageContext, callback: (err: Error, data: IBotStorageData) => void): void {
    settle(() => this.bags.read(context), callback)
  }

  /** Writes the data of a turn to Bot State: only what changed, when the context is that of `getData`. */
  saveData(context: IBotStorageContext, data: IBotStorageData, callback?: (err: Error) => void): void {
    settle(() => this.bags.write(context, data), callback ?? (() => {}))
  }

  /** Removes all data of the context's user on the channel, as a bot does on `deleteUserData`, or when it is taken from the contacts. */
  deleteData(context: IBotStorageContext, callback?: (err: Error) => void): void {
    settle(() => this.bags.deleteUser(context), callback ?? (() => {}))
  }

  /** The bot's own token for the channel service; empty without an app id. */
  getAccessToken(callback: (err: Error, accessToken: string) => void): void {
    const { outboundAudience } = this.resolved.cloud
    settle(async () => (await this.tokens.getToken(outboundAudience)) ?? '', callback)
  }

  /** Bot State can no longer be exported: calls back with `DROPIN_UNSUPPORTED`. */
  exportBotStateData(
    _serviceUrl: string,
    _channelId: string,
    _continuationToken: string | undefined,
    done: (err: Error, results: any) => void,
  ): void {
    const error = new UnsupportedError('ChatConnector.exportBotStateData', 'Read single bags with `getData`')
    done(error, undefined)
  }

  /** Hands events to the bot. A class built on this one may do something else. */
  protected onDispatchEvents(events: IEvent[], callback: (err: Error, body: any, status?: number) => void): void {
    const [event] = events
    if (event?.type === ActivityTypes.Invoke) {
      if (this.invokeHandler) this.invokeHandler(event, callback)
      else callback(NO_ERROR, undefined, 501)
    } else if (this.eventHandler) this.eventHandler(events, (err) => callback(err, undefined))
    else callback(NO_ERROR, undefined)
  }

  /** Begins once the channel has its 202; what goes wrong afterwards is for the log and `bot.on('error')`. */
  private turnOf(activity: Activity): RoadTurn {
    let acknowledged = (): void => {}
    const answered = new Promise<void>((resolve) => {
      acknowledged = resolve
    })
    const isWaitedFor = activity.type === ActivityTypes.Invoke || activity.deliveryMode === DeliveryModes.ExpectReplies
    const run = async (): Promise<Answer> => {
      if (!isWaitedFor) await answered
      return this.runTurn(activity)
    }
    return { acknowledged, run }
  }

  private runTurn(activity: Activity): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.onDispatchEvents([eventOfActivity(activity)], (err, body, status) => {
        const isInvoke = activity.type === ActivityTypes.Invoke
        if (err) reject(toError(err))
        else resolve(isInvoke ? jsonAnswer(status ?? 200, body) : jsonAnswer(202, undefined))
      })
    })
  }

  /** The bot's token goes only where a channel has spoken from, or where channels are known to be. */
  private clientOf(serviceUrl: string | undefined): ConnectorClient {
    const { appId, cloud } = this.resolved
    if (!serviceUrl) throw new TypeError('The address has no serviceUrl: keep the whole `message.address`.')
    if (appId) this.road.trusted.check(serviceUrl)
    return this.connectors.create(serviceUrl, cloud.outboundAudience)
  }

  private userTokens(): UserTokenServiceClient {
    const { appId = '', cloud } = this.resolved
    const { userTokenUrl: serviceUrl, outboundAudience: audience } = cloud
    return this.connectors.createUserTokenClient({ serviceUrl, audience, appId })
  }

  /** A service on this machine keeps data itself. */
  private stateClientOf({ address }: IBotStorageContext): BotStateClient {
    const { stateEndpoint, cloud } = this.resolved
    const { serviceUrl = '', channelId } = (address ?? { channelId: '' }) as IChatConnectorAddress
    const url = stateEndpoint ?? (LOOPBACK.test(serviceUrl) ? serviceUrl : undefined)
    if (!url) throw new StateEndpointMissingError(channelId)
    const known = this.stateClients.get(url)
    if (known) return known
    if (!stateEndpoint && this.resolved.appId) this.road.trusted.check(url)
    const client = new BotStateClient({
      serviceUrl: url,
      tokens: this.tokens,
      audience: cloud.outboundAudience,
      allowLoopback: cloud.allowLoopback || LOOPBACK.test(stateEndpoint ?? ''),
      logger: consoleLogger,
    })
    this.stateClients.set(url, client)
    return client
  }
}

/** Calls back with what comes of `work`. A callback that throws ends nothing but itself. */
function settle<T>(work: () => Promise<T>, done: (err: Error, value: T) => void): void {
  void work()
    .then(
      (value) => done(NO_ERROR, value),
      (error: unknown) => done(toError(error), undefined as T),
    )
    .catch((error: unknown) => {
      consoleLogger.error({ ev: 'callback.failed', err: toError(error) }, 'A callback of the bot threw.')
    })
}
