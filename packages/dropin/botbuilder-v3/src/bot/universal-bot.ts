// oxlint-disable typescript/no-explicit-any -- as SDK v3 types it
import { captureRejectionSymbol } from 'node:events'
import { toError } from '@parley/core/internal'
import { fromCallback, NO_ERROR } from '../callbacks.ts'
import { consoleLogger } from '../connector/console-logger.ts'
import { queueOf } from '../connector/conversation-queue.ts'
import type {
  IBotStorage,
  IBotStorageContext,
  IBotStorageData,
  IConnector,
  IEventMiddleware,
  IUniversalBotSettings,
} from '../contracts/connectors.ts'
import type { IMiddlewareMap, ISessionMiddleware } from '../contracts/dialogs.ts'
import type { IDialogWaterfallStep, IDisambiguateRouteHandler } from '../contracts/dialogs.ts'
import type { ILocalizer, ISessionState } from '../contracts/recognizing.ts'
import type { IAddress, IEvent, IIdentity, IIsMessage, IMessage } from '../contracts/events.ts'
import { bestRoute } from '../dialogs/add-route.ts'
import { findAllRoutes } from '../dialogs/find-routes.ts'
import { Library } from '../dialogs/library.ts'
import { systemLibrary } from '../prompts/system-library.ts'
import { isValidStack } from '../session/dialog-stack.ts'
import { SESSION_STATE, Session } from '../session/session.ts'
import { SessionLogger } from '../session/session-logger.ts'
import { activityOf } from '../session/turn-activity.ts'
import { DefaultLocalizer } from '../text/default-localizer.ts'
import { LiveSessions } from './live-sessions.ts'
import { MemoryBotStorage } from './memory-bot-storage.ts'
import { runMiddleware } from './run-middleware.ts'

const DEFAULT_DIALOG = '/'

/** What only the bot itself tells its listeners; an activity of such a type is none of theirs. */
const OWN_EVENTS: ReadonlySet<string> = new Set([
  'error',
  'receive',
  'incoming',
  'routing',
  'send',
  'outgoing',
  'lookupUser',
  'getStorageData',
  'saveStorageData',
  'newListener',
  'removeListener',
])

/** Steps of the dialog a bot starts with. */
type DefaultDialog = IDialogWaterfallStep | IDialogWaterfallStep[]

/** A bot: its dialogs, its settings, and the connectors that join it to channels. */
export class UniversalBot extends Library {
  private settings: IUniversalBotSettings = { processLimit: 4, persistUserData: true, persistConversationData: true }
  private connectors: Map<string, IConnector> = new Map()
  private receivers: IEventMiddleware[] = []
  private senders: IEventMiddleware[] = []
  private sessionMiddleware: ISessionMiddleware[] = []
  private readonly live: LiveSessions = new LiveSessions()
  private localizer: ILocalizer | undefined
  private disambiguate: IDisambiguateRouteHandler | undefined

  /** @param libraryName - Default `*`. */
  constructor(connector: IConnector, defaultDialog?: DefaultDialog, libraryName?: string)
  constructor(connector: IConnector, settings?: IUniversalBotSettings)
  constructor(connector?: IConnector, defaultDialog?: any, libraryName?: string)
  constructor(
    connector?: IConnector,
    dialogOrSettings?: DefaultDialog | IUniversalBotSettings,
    libraryName: string = '*',
  ) {
    super(libraryName)
    // What a listener that is an async function rejects with; SDK v3 ended the process over it.
    Object.defineProperty(this, captureRejectionSymbol, { value: (error: unknown) => this.report(toError(error)) })
    this.library(systemLibrary())
    if (typeof dialogOrSettings === 'function' || Array.isArray(dialogOrSettings)) {
      this.dialog(DEFAULT_DIALOG, dialogOrSettings)
    } else for (const [name, value] of Object.entries(dialogOrSettings ?? {})) this.set(name, value)
    if (connector) this.connector('*', connector)
  }

  override clone(copyTo?: UniversalBot, newName?: string): UniversalBot {
    const copy = copyTo ?? new UniversalBot(undefined, undefined, newName ?? this.name)
    super.clone(copy)
    copy.settings = { ...this.settings }
    copy.connectors = new Map(this.connectors)
    copy.receivers = [...this.receivers]
    copy.senders = [...this.senders]
    copy.sessionMiddleware = [...this.sessionMiddleware]
    copy.disambiguate = this.disambiguate
    return copy
  }

  /** A setting by its name in {@link IUniversalBotSettings}. */
  set(name: string, value: any): UniversalBot {
    ;(this.settings as Record<string, unknown>)[name] = value
    if (name === 'localizerSettings') this.localizer = undefined
    return this
  }

  get(name: string): any {
    return (this.settings as Record<string, unknown>)[name]
  }

  /** Joins a channel to the bot, `*` all that have no connector of their own; or gives its connector. */
  connector(channelId: string, connector?: IConnector): IConnector {
    if (connector) {
      this.connectors.set(channelId, connector)
      connector.onEvent((events, callback) => this.receive(events, callback))
      if (isStorage(connector)) this.settings.storage ??= connector
    }
    return (this.connectors.get(channelId) ?? this.connectors.get('*')) as IConnector
  }

  use(...args: IMiddlewareMap[]): UniversalBot {
    for (const { receive = [], send = [], botbuilder = [] } of args) {
      this.receivers.push(...[receive].flat())
      this.senders.push(...[send].flat())
      this.sessionMiddleware.push(...[botbuilder].flat())
    }
    return this
  }

  /** Takes events as if they came from a channel. `done` is called when their turns are over. */
  receive(events: IEvent | IEvent[], done?: (err: Error) => void): void {
    this.finish(async () => {
      for (const event of [events].flat()) await this.receiveOne(event)
    }, done)
  }

  /** Begins a dialog in place of those of a conversation; starts the conversation if the address has none. */
  beginDialog(address: IAddress, dialogId: string, dialogArgs?: any, done?: (err: Error) => void): void {
    this.finish(async () => {
      const to = await this.withConversation(address)
      const fullId = this.fullId(dialogId)
      await queueOf(this.connector(to.channelId))(to, async () => {
        await this.live.sent(to)
        await this.runTurn(messageFrom(to), (session) => {
          session.clearDialogStack().beginDialog(fullId, dialogArgs)
        })
      })
    }, done)
  }

  /** Sends messages without touching the dialogs. */
  send(messages: IIsMessage | IMessage | IMessage[], done?: (err: Error, addresses?: IAddress[]) => void): void {
    const list = [messages].flat().map((message) => ('toMessage' in message ? message.toMessage() : message))
    this.finish(() => this.sendAll(list), done)
  }

  /** When the user last said something in the conversation; `null` when there is none. */
  isInConversation(address: IAddress, callback: (err: Error, lastAccess: Date) => void): void {
    const lastAccess = async (): Promise<Date> => {
      const { privateConversationData } = await this.read(this.contextOf(await this.userOf(address), address))
      const state = privateConversationData?.[SESSION_STATE] as ISessionState | undefined
      return (state?.lastAccess === undefined ? null : new Date(state.lastAccess)) as Date
    }
    this.finish(lastAccess, callback as (err: Error, lastAccess?: Date) => void)
  }

  /** The session of a conversation, to look at its data or to say something. */
  loadSession(address: IAddress, callback: (err: Error, session: Session) => void): void {
    const load = async (): Promise<Session> => {
      await this.live.sent(address)
      return new Promise((resolve, reject) => {
        this.runTurn(messageFrom(address), resolve).catch(reject)
      })
    }
    this.finish(load, callback as (err: Error, session?: Session) => void)
  }

  /** Has `handler` choose among the ways on for a message. */
  onDisambiguateRoute(handler: IDisambiguateRouteHandler): void {
    this.disambiguate = handler
  }

  private async receiveOne(event: IEvent): Promise<void> {
    event.user = await this.userOf(event.address)
    this.emit('receive', event)
    await runMiddleware(this.receivers, event, async () => {
      if (event.type !== 'message') {
        if (!OWN_EVENTS.has(event.type)) this.emit(event.type, event)
        return
      }
      this.emit('incoming', event)
      await this.runTurn(event, (session) => this.route(session))
    })
  }

  /** Resolves when the bot has done and sent all that it began, as far as it can be known. */
  private async runTurn(message: IMessage, logic: (session: Session) => Promise<void> | void): Promise<void> {
    const context = this.contextOf(message.user, message.address)
    const session = this.createSession(context, await this.read(context))
    const { [SESSION_STATE]: state, ...data } = session.privateConversationData as Record<string, any>
    session.privateConversationData = data
    await this.live.during(message.address, session, () => this.play(session, this.validState(state), message, logic))
  }

  private async play(
    session: Session,
    state: ISessionState | null,
    message: IMessage,
    logic: (session: Session) => Promise<void> | void,
  ): Promise<void> {
    const activity = activityOf(session)
    session.dispatch(state, message, () => {
      this.emit('routing', session)
      activity.begin('handler')
      void Promise.resolve()
        .then(() => logic(session))
        .catch((error: unknown) => session.error(toError(error)))
        .finally(() => activity.end('handler'))
    })
    await activity.idle()
  }

  private async route(session: Session): Promise<void> {
    const routes = await findAllRoutes(this, session.toRecognizeContext(), (error) => this.report(error))
    if (routes.length === 0) return session.routeToActiveDialog()
    if (this.disambiguate) return this.disambiguate(session, routes)
    const best = bestRoute(routes, session.dialogStack(), this.name)
    if (best) this.library(best.libraryName).selectRoute(session, best)
  }

  private createSession(context: IBotStorageContext, data: IBotStorageData): Session {
    const { defaultDialogId = DEFAULT_DIALOG, defaultDialogArgs, autoBatchDelay, dialogErrorMessage } = this.settings
    const session: Session = new Session({
      localizer: (this.localizer ??= new DefaultLocalizer(this, this.settings.localizerSettings)),
      connector: this.connector(context.address?.channelId ?? '*'),
      library: this,
      middleware: this.sessionMiddleware,
      dialogId: this.fullId(defaultDialogId),
      dialogArgs: defaultDialogArgs,
      ...(autoBatchDelay === undefined ? {} : { autoBatchDelay }),
      ...(dialogErrorMessage === undefined ? {} : { dialogErrorMessage }),
      onSave: (done) => settle(this.write(context, session), done),
      onSend: (messages, done) => settle(this.sendAll(messages), done),
    })
    session.logger = new SessionLogger(consoleLogger)
    session.userData = data.userData ?? {}
    session.conversationData = data.conversationData ?? {}
    session.privateConversationData = data.privateConversationData ?? {}
    session.on('error', (error: Error) => this.emitError(error))
    return session
  }

  private fullId(dialogId: string): string {
    return dialogId.includes(':') ? dialogId : `${this.name}:${dialogId}`
  }

  /** A bot that has changed may no longer have the dialogs of a conversation. */
  private validState(state: ISessionState | undefined): ISessionState | null {
    if (!state?.callstack) return null
    if (isValidStack(state.callstack, this)) return state
    const dialogs = state.callstack.map(({ id }) => id)
    consoleLogger.warn({ ev: 'dialogs.unknown', dialogs }, 'The bot no longer has the dialogs of a conversation.')
    return { ...state, callstack: [] }
  }

  private async sendAll(messages: readonly IMessage[]): Promise<IAddress[]> {
    const ready: IMessage[] = []
    for (const message of messages) {
      this.emit('send', message)
      await runMiddleware(this.senders, message, () => {
        this.emit('outgoing', message)
        ready.push(message)
      })
    }
    const [first] = ready
    if (!first) return []
    const channelId = first.address?.channelId
    const connector = this.connector(channelId ?? '*')
    if (!connector) throw new Error(`The bot has no connector for the channel '${channelId}'.`)
    return (await fromCallback<IAddress[]>((done) => connector.send(ready, done))) ?? []
  }

  private async withConversation(address: IAddress): Promise<IAddress> {
    if (address.conversation) return address
    const connector = this.connector(address.channelId)
    const started = await fromCallback<IAddress>((done) => connector.startConversation(address, done))
    return started ?? address
  }

  private async userOf(address: IAddress): Promise<IIdentity> {
    this.emit('lookupUser', address)
    const { lookupUser } = this.settings
    const user = lookupUser && (await fromCallback<IIdentity>((done) => lookupUser(address, done)))
    return user ?? address.user
  }

  private contextOf(user: IIdentity, address: IAddress): IBotStorageContext {
    const { persistUserData = true, persistConversationData = true } = this.settings
    const conversationId = address.conversation?.id
    return {
      ...(user?.id === undefined ? {} : { userId: user.id }),
      ...(conversationId === undefined ? {} : { conversationId }),
      address,
      persistUserData,
      persistConversationData,
    }
  }

  private async read(context: IBotStorageContext): Promise<IBotStorageData> {
    this.emit('getStorageData', context)
    const data = await fromCallback<IBotStorageData>((done) => this.storage().getData(context, done))
    return data ?? {}
  }

  private async write(context: IBotStorageContext, session: Session): Promise<void> {
    const { userData, conversationData, privateConversationData, sessionState } = session
    const data = {
      userData,
      conversationData,
      privateConversationData: { ...privateConversationData, [SESSION_STATE]: sessionState },
    }
    this.emit('saveStorageData', context)
    await fromCallback((done: (err: Error) => void) => this.storage().saveData(context, data, done))
  }

  private storage(): IBotStorage {
    return (this.settings.storage ??= new MemoryBotStorage())
  }

  /** Errors reach the caller when there is one, and `bot.on('error')` in any case. */
  private finish<T>(work: () => Promise<T>, done: ((err: Error, value?: T) => void) | undefined): void {
    const failed = (error: Error): void => {
      if (done) this.emitError(error)
      else this.report(error)
      done?.(error)
    }
    void work()
      .then(
        (value) => done?.(NO_ERROR, value),
        (error: unknown) => failed(toError(error)),
      )
      .catch((error: unknown) => this.report(toError(error)))
  }

  private report(error: Error): void {
    consoleLogger.error({ ev: 'bot.failed', err: error }, 'The bot failed.')
    this.emitError(error)
  }

  private emitError(error: Error): void {
    if (this.listenerCount('error') === 0) return
    try {
      this.emit('error', error)
    } catch (thrown) {
      consoleLogger.error({ ev: 'listener.failed', err: toError(thrown) }, "A listener of 'error' threw.")
    }
  }
}

/** What a turn has for a message that no user sent. */
function messageFrom(address: IAddress): IMessage {
  return {
    type: 'message',
    agent: 'botbuilder',
    source: address.channelId,
    sourceEvent: {},
    address: { ...address },
    text: '',
    user: address.user,
  }
}

function isStorage(connector: IConnector): connector is IConnector & IBotStorage {
  const { getData, saveData } = connector as Partial<IBotStorage>
  return typeof getData === 'function' && typeof saveData === 'function'
}

function settle<T>(work: Promise<T>, done: (err: Error, value?: T) => void): void {
  void work.then(
    (value) => done(NO_ERROR, value),
    (error: unknown) => done(toError(error)),
  )
}
