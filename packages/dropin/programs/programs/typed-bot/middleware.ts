import {
  Activity,
  BotTelemetryClient,
  ConversationReference,
  DeleteActivityHandler,
  Middleware,
  MiddlewareHandler,
  NullTelemetryClient,
  ResourceResponse,
  SendActivitiesHandler,
  Severity,
  TelemetryEvent,
  TranscriptLogger,
  TurnContext,
  UpdateActivityHandler,
} from 'botbuilder'

/** Counts what passes, typed to the last parameter. */
export class CountingMiddleware implements Middleware {
  readonly counts = { sent: 0, updated: 0, deleted: 0 }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const onSend: SendActivitiesHandler = async (
      _context: TurnContext,
      activities: Partial<Activity>[],
      nextSend: () => Promise<ResourceResponse[]>,
    ): Promise<ResourceResponse[]> => {
      this.counts.sent += activities.length
      return nextSend()
    }
    const onUpdate: UpdateActivityHandler = async (_context, _activity: Partial<Activity>, nextUpdate) => {
      this.counts.updated += 1
      await nextUpdate()
    }
    const onDelete: DeleteActivityHandler = async (
      _context,
      _reference: Partial<ConversationReference>,
      nextDelete,
    ) => {
      this.counts.deleted += 1
      await nextDelete()
    }
    context.onSendActivities(onSend).onUpdateActivity(onUpdate).onDeleteActivity(onDelete)
    await next()
  }
}

export const timing: MiddlewareHandler = async (context, next) => {
  context.turnState.set('started', Date.now())
  await next()
}

export class LinesLogger implements TranscriptLogger {
  readonly lines: string[] = []

  logActivity(activity: Activity): void | Promise<void> {
    this.lines.push(`${activity.type}:${activity.from.role ?? ''}`)
  }
}

export class EventsClient extends NullTelemetryClient implements BotTelemetryClient {
  readonly names: string[] = []
  readonly severity: Severity = Severity.Warning

  override trackEvent(event: TelemetryEvent): void {
    this.names.push(event.name)
  }
}
