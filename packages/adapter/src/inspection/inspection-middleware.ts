import { anonymousTokenSource, createClientSecretTokenSource } from '@parley/auth'
import { ConnectorFactory } from '@parley/connector'
import {
  ActivityTypes,
  applyConversationReference,
  Channels,
  getConversationReference,
  removeRecipientMention,
} from '@parley/core'
import type { Activity, Middleware, OpenValue, TokenSource, TurnContext } from '@parley/core'
import type { LoadableState } from '@parley/state'
import { InspectionSessions } from './inspection-sessions.ts'
import type { SessionState } from './inspection-sessions.ts'
import { traceActivity, traceBotState, traceCommand, traceDeletion, traceError } from './traces.ts'

/** With what the bot sends traces to where a developer watches. */
export interface InspectionCredentials {
  /** The bot's id; empty: it has none. */
  readonly appId?: string | undefined
  readonly appPassword?: string | undefined
  /** Whom tokens are for, where that is not the public channel service. */
  readonly oAuthScope?: string | undefined
  /** Gives the bearer instead of `appPassword`, for credentials of any kind. */
  readonly getToken?: ((forceRefresh?: boolean) => Promise<string | null | undefined>) | undefined
}

/** A state whose content developers see. */
export interface InspectedState extends LoadableState {
  get(context: TurnContext): OpenValue
}

/** `/INSPECT`, then `open`, or `attach` and the id of a session. */
const COMMAND = '/INSPECT'
const AUDIENCE = 'https://api.botframework.com'
/** Watching may slow a bot down by this much, once: then the session ends. */
const SEND_TIMEOUT_MS = 3_000

/**
 * Lets a developer watch a conversation on any channel from another one, such as the Bot Framework Emulator's: `/INSPECT open`
 * there gives a command, which written in the conversation to watch sends everything that comes, is sent and is remembered in it
 * to where it was opened, as traces.
 *
 * Whoever may talk to the bot may watch a conversation he takes part in. Use it while developing.
 *
 * Watching never fails a turn: a session that cannot be reached ends.
 */
export class InspectionMiddleware implements Middleware {
  private readonly sessions: InspectionSessions
  private readonly userState: InspectedState | undefined
  private readonly conversationState: InspectedState | undefined
  private readonly connectors: ConnectorFactory
  private readonly audience: string

  /**
   * @param inspectionState - An {@link InspectionState}.
   * @param userState - Shown after each turn.
   * @param conversationState - Shown after each turn.
   * @param credentials - The bot's. Default: none.
   */
  constructor(
    inspectionState: SessionState,
    userState?: InspectedState,
    conversationState?: InspectedState,
    credentials: InspectionCredentials = {},
  ) {
    this.sessions = new InspectionSessions(inspectionState)
    this.userState = userState
    this.conversationState = conversationState
    this.audience = credentials.oAuthScope || AUDIENCE
    this.connectors = new ConnectorFactory({
      tokens: tokensOf(credentials),
      // The adapter took an activity from there, so the bot may answer there.
      allowLoopback: true,
      totalTimeoutMs: SEND_TIMEOUT_MS,
    })
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    if (await this.processCommand(context)) return
    const received = traceActivity(context.activity, 'ReceivedActivity', 'Received Activity')
    const isWatched = await ignoringErrors(() => this.inbound(context, received))
    const { shouldForwardToApplication = true, shouldIntercept = false } = (isWatched ?? {}) as Interception
    if (shouldIntercept) this.intercept(context)
    if (shouldForwardToApplication) await this.forward(context, next, shouldIntercept)
    if (shouldIntercept) await ignoringErrors(() => this.traceState(context))
  }

  /** Carries out a command of a developer. Returns whether the activity was one; the bot does not see it then. */
  async processCommand(context: TurnContext): Promise<boolean> {
    const { type, text } = context.activity
    if (type !== ActivityTypes.Message || !text) return false
    const command = removeRecipientMention({ ...context.activity })
      .trim()
      .split(' ')
    if (command[0] !== COMMAND) return false
    if (command[1] === 'open' && command.length === 2) return this.processOpenCommand(context)
    if (command[1] === 'attach' && command.length === 3) return this.processAttachCommand(context, command[2] ?? '')
    return false
  }

  /** Shows what came, if somebody watches. */
  protected async inbound(context: TurnContext, trace: Partial<Activity>): Promise<OpenValue> {
    const isWatched = await this.invokeSend(context, trace)
    return { shouldForwardToApplication: true, shouldIntercept: isWatched }
  }

  /** Shows what is being sent. */
  protected async outbound(context: TurnContext, traces: Partial<Activity>[]): Promise<OpenValue> {
    for (const trace of traces) {
      if (!(await this.invokeSend(context, trace))) return
    }
  }

  /** Shows what the bot remembers. */
  protected async traceState(context: TurnContext): Promise<OpenValue> {
    await Promise.all([this.userState?.load(context), this.conversationState?.load(context)])
    const userState: unknown = this.userState?.get(context)
    const conversationState: unknown = this.conversationState?.get(context)
    await this.invokeSend(context, traceBotState({ userState, conversationState }))
  }

  private intercept(context: TurnContext): void {
    const show = (traces: Partial<Activity>[]): Promise<unknown> => ignoringErrors(() => this.outbound(context, traces))
    context.onSendActivities(async (_, activities, next) => {
      await show(activities.map((activity) => traceActivity(activity, 'SentActivity', 'Sent Activity')))
      return next()
    })
    context.onUpdateActivity(async (_, activity, next) => {
      await show([traceActivity(activity, 'MessageUpdate', 'Updated Message')])
      return next()
    })
    context.onDeleteActivity(async (_, reference, next) => {
      await show([traceDeletion(reference)])
      return next()
    })
  }

  private async forward(context: TurnContext, next: () => Promise<void>, isWatched: boolean): Promise<void> {
    try {
      await next()
    } catch (error) {
      if (isWatched) await ignoringErrors(() => this.outbound(context, [traceError(String(error))]))
      throw error
    }
  }

  private async processOpenCommand(context: TurnContext): Promise<true> {
    const id = await this.sessions.open(context, getConversationReference(context.activity))
    await context.sendActivity(traceCommand(`${COMMAND} attach ${id}`))
    return true
  }

  private async processAttachCommand(context: TurnContext, id: string): Promise<true> {
    const isAttached = await this.sessions.attach(context, id, this.getAttachId(context.activity))
    await context.sendActivity(
      isAttached
        ? 'Attached to session, all traffic is being replicated for inspection.'
        : `Open session with id ${id} does not exist.`,
    )
    return true
  }

  /** In Teams a team is watched as a whole. */
  private getAttachId({ channelId, channelData, conversation }: Partial<Activity>): string {
    const teamId: unknown = channelId === Channels.Msteams ? channelData?.team?.id : undefined
    return typeof teamId === 'string' ? teamId : (conversation?.id ?? '')
  }

  /** Sends a trace to whoever watches this conversation. Returns whether somebody does. */
  private async invokeSend(context: TurnContext, trace: Partial<Activity>): Promise<boolean> {
    const attachId = this.getAttachId(context.activity)
    const reference = await this.sessions.find(context, attachId)
    if (!reference) return false
    try {
      const activity = applyConversationReference({ ...trace }, reference)
      const client = this.connectors.create(reference.serviceUrl ?? '', this.audience)
      await client.conversations.sendToConversation(reference.conversation?.id ?? '', activity)
      return true
    } catch {
      await this.sessions.end(context, attachId)
      return false
    }
  }
}

interface Interception {
  readonly shouldForwardToApplication?: boolean
  readonly shouldIntercept?: boolean
}

function tokensOf(credentials: InspectionCredentials): TokenSource {
  const { appId, appPassword } = credentials
  if (!appId) return anonymousTokenSource
  if (credentials.getToken) return ofCredentials(credentials)
  return appPassword ? createClientSecretTokenSource({ appId, secret: appPassword }) : anonymousTokenSource
}

function ofCredentials(credentials: InspectionCredentials): TokenSource {
  let isRefused = false
  return {
    async getToken() {
      const token = await credentials.getToken?.(isRefused)
      isRefused = false
      return token ?? undefined
    },
    forget() {
      isRefused = true
    },
  }
}

/** What goes wrong while watching is no business of the turn. */
async function ignoringErrors<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch {
    return undefined
  }
}
