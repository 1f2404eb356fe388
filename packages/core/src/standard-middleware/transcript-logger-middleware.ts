import { RoleTypes } from '../accounts.ts'
import { ActivityEventNames, ActivityTypes } from '../activity-constants.ts'
import type { Activity } from '../activity.ts'
import type { ResourceResponse } from '../connector-models.ts'
import { applyConversationReference } from '../conversation-reference.ts'
import { silentLogger } from '../logger.ts'
import type { Logger } from '../logger.ts'
import type { Middleware, TurnContext } from '../turn-context.ts'
import { toError } from '../turn-errors.ts'
import { MiddlewareOptionError } from './middleware-option-error.ts'
import type { TranscriptLogger } from './transcript.ts'

export interface TranscriptLoggerOptions {
  /** Learns of activities that could not be taken down. Default: nobody does. */
  readonly log?: Logger
}

/**
 * Hands everything said in a turn to a {@link TranscriptLogger}: the incoming activity, what was sent, replaced (as
 * `messageUpdate`) and deleted (as `messageDelete`), once the turn has ended without failing. The turn does not wait for it.
 */
export class TranscriptLoggerMiddleware implements Middleware {
  private readonly logger: TranscriptLogger
  private readonly log: Logger

  /** @throws {@link MiddlewareOptionError} `CORE_MIDDLEWARE_OPTION`: no logger was given. */
  constructor(logger: TranscriptLogger, { log = silentLogger }: TranscriptLoggerOptions = {}) {
    if (!logger) {
      throw new MiddlewareOptionError('TranscriptLoggerMiddleware requires a TranscriptLogger instance.')
    }
    this.logger = logger
    this.log = log
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const said: Partial<Activity>[] = []
    if (context.activity) noteIncoming(said, context.activity)
    noteOutgoing(said, context)
    await next()
    for (const activity of said) this.takeDown(activity)
  }

  /** Called with what the logger throws. */
  protected onLoggerError(error: unknown): void {
    this.log.error({ event: 'transcript.failed', err: toError(error) }, 'An activity was not logged.')
  }

  private takeDown(activity: Partial<Activity>): void {
    activity.timestamp ??= new Date()
    try {
      const logging: unknown = this.logger.logActivity(activity as Activity)
      if (logging instanceof Promise) logging.catch((error: unknown) => this.onLoggerError(error))
    } catch (error) {
      this.onLoggerError(error)
    }
  }
}

function noteIncoming(said: Partial<Activity>[], activity: Activity): void {
  if (activity.from && !activity.from.role) activity.from.role = RoleTypes.User
  const isOpening = activity.type === ActivityTypes.Event && activity.name === ActivityEventNames.ContinueConversation
  // It opens a turn of the bot's own; nobody said it.
  if (!isOpening) said.push({ timestamp: new Date(), ...activity })
}

function noteOutgoing(said: Partial<Activity>[], context: TurnContext): void {
  context.onSendActivities(async (_context, activities, send) => {
    const responses = await send()
    activities.forEach((activity, index) => said.push(sent(activity, responses?.[index])))
    return responses
  })
  context.onUpdateActivity(async (_context, activity, update) => {
    const response = await update()
    said.push({ ...activity, type: ActivityTypes.MessageUpdate })
    return response
  })
  context.onDeleteActivity(async (_context, reference, remove) => {
    await remove()
    const { activityId } = reference
    const deletion: Partial<Activity> = { type: ActivityTypes.MessageDelete, ...(activityId ? { id: activityId } : {}) }
    said.push(applyConversationReference(deletion, reference))
  })
}

/** A store needs an id, also where the channel gives none. */
function sent(activity: Partial<Activity>, response: ResourceResponse | undefined): Partial<Activity> {
  const id = response?.id || activity.id
  return { ...activity, id: id || generatedId(activity) }
}

function generatedId({ timestamp }: Partial<Activity>): string {
  const random = Math.random().toString(36).slice(2, 8).padEnd(6, '0')
  return `g_${random}${(timestamp ?? new Date()).getTime()}`
}
