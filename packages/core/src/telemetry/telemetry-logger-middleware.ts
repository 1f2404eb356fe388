import { ActivityTypes } from '../activity-constants.ts'
import type { Activity } from '../activity.ts'
import { Channels } from '../channels.ts'
import { applyConversationReference } from '../conversation-reference.ts'
import type { Middleware, TurnContext } from '../turn-context.ts'
import { NullTelemetryClient } from './bot-telemetry-client.ts'
import type { BotTelemetryClient } from './bot-telemetry-client.ts'
import { TelemetryConstants } from './telemetry-constants.ts'

/** Properties of an event, by the names of {@link TelemetryConstants}. */
export type TelemetryProperties = Record<string, string>

/**
 * Reports every activity received, sent, replaced and deleted as an event of telemetry, and leaves the client in
 * `turnState` under `telemetryClient`. Override `on…Activity` to report something else, `fill…EventProperties` to report more.
 */
export class TelemetryLoggerMiddleware implements Middleware {
  static readonly botMsgReceiveEvent: string = 'BotMessageReceived'
  static readonly botMsgSendEvent: string = 'BotMessageSend'
  static readonly botMsgUpdateEvent: string = 'BotMessageUpdate'
  static readonly botMsgDeleteEvent: string = 'BotMessageDelete'

  /** Where events go. */
  readonly telemetryClient: BotTelemetryClient
  /** Whether names and what is said are reported too. */
  readonly logPersonalInformation: boolean

  /**
   * @param telemetryClient - Default: nothing is reported.
   * @param logPersonalInformation - Default `false`.
   */
  constructor(telemetryClient?: BotTelemetryClient, logPersonalInformation = false) {
    this.telemetryClient = telemetryClient ?? new NullTelemetryClient()
    this.logPersonalInformation = logPersonalInformation
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    context.turnState.set('telemetryClient', this.telemetryClient)
    if (context.activity) await this.onReceiveActivity(context.activity)
    context.onSendActivities(async (_context, activities, send) => {
      const responses = await send()
      for (const activity of activities) await this.onSendActivity(activity as Activity)
      return responses
    })
    context.onUpdateActivity(async (_context, activity, update) => {
      const response = await update()
      await this.onUpdateActivity(activity as Activity)
      return response
    })
    context.onDeleteActivity(async (_context, reference, remove) => {
      await remove()
      const { activityId } = reference
      const deletion = { type: ActivityTypes.MessageDelete, ...(activityId ? { id: activityId } : {}) }
      await this.onDeleteActivity(applyConversationReference(deletion, reference) as Activity)
    })
    await next()
  }

  /** An activity arrived. */
  protected async onReceiveActivity(activity: Activity): Promise<void> {
    this.track(TelemetryLoggerMiddleware.botMsgReceiveEvent, await this.fillReceiveEventProperties(activity))
  }

  /** An activity was sent. */
  protected async onSendActivity(activity: Activity): Promise<void> {
    this.track(TelemetryLoggerMiddleware.botMsgSendEvent, await this.fillSendEventProperties(activity))
  }

  /** An activity was replaced. */
  protected async onUpdateActivity(activity: Activity): Promise<void> {
    this.track(TelemetryLoggerMiddleware.botMsgUpdateEvent, await this.fillUpdateEventProperties(activity))
  }

  /** An activity was deleted. */
  protected async onDeleteActivity(activity: Activity): Promise<void> {
    this.track(TelemetryLoggerMiddleware.botMsgDeleteEvent, await this.fillDeleteEventProperties(activity))
  }

  /** What is reported of an activity that arrived; `telemetryProperties` are added and win. */
  protected async fillReceiveEventProperties(
    activity: Activity,
    telemetryProperties?: TelemetryProperties,
  ): Promise<TelemetryProperties> {
    const properties: TelemetryProperties = {
      [TelemetryConstants.fromIdProperty]: activity.from?.id ?? '',
      ...conversationOf(activity),
      [TelemetryConstants.localeProperty]: activity.locale ?? '',
      [TelemetryConstants.recipientIdProperty]: activity.recipient?.id ?? '',
      [TelemetryConstants.recipientNameProperty]: activity.recipient?.name ?? '',
      ...identityOf(activity),
      ...this.personal({
        [TelemetryConstants.fromNameProperty]: activity.from?.name,
        [TelemetryConstants.textProperty]: activity.text,
        [TelemetryConstants.speakProperty]: activity.speak,
      }),
      ...channelPropertiesOf(activity),
    }
    return { ...properties, ...telemetryProperties }
  }

  /** What is reported of an activity that was sent; `telemetryProperties` are added and win. */
  protected async fillSendEventProperties(
    activity: Activity,
    telemetryProperties?: TelemetryProperties,
  ): Promise<TelemetryProperties> {
    const { attachments } = activity
    const properties: TelemetryProperties = {
      [TelemetryConstants.replyActivityIdProperty]: activity.replyToId ?? '',
      [TelemetryConstants.recipientIdProperty]: activity.recipient?.id ?? '',
      ...conversationOf(activity),
      [TelemetryConstants.localeProperty]: activity.locale ?? '',
      ...identityOf(activity),
      ...this.personal({
        [TelemetryConstants.recipientNameProperty]: activity.recipient?.name,
        [TelemetryConstants.textProperty]: activity.text,
        [TelemetryConstants.speakProperty]: activity.speak,
        [TelemetryConstants.attachmentsProperty]: attachments?.length ? JSON.stringify(attachments) : undefined,
      }),
    }
    return { ...properties, ...telemetryProperties }
  }

  /** What is reported of an activity that was replaced; `telemetryProperties` are added and win. */
  protected async fillUpdateEventProperties(
    activity: Activity,
    telemetryProperties?: TelemetryProperties,
  ): Promise<TelemetryProperties> {
    const properties: TelemetryProperties = {
      [TelemetryConstants.recipientIdProperty]: activity.recipient?.id ?? '',
      ...conversationOf(activity),
      [TelemetryConstants.localeProperty]: activity.locale ?? '',
      ...identityOf(activity),
      ...this.personal({ [TelemetryConstants.textProperty]: activity.text }),
    }
    return { ...properties, ...telemetryProperties }
  }

  /** What is reported of an activity that was deleted; `telemetryProperties` are added and win. */
  protected async fillDeleteEventProperties(
    activity: Activity,
    telemetryProperties?: TelemetryProperties,
  ): Promise<TelemetryProperties> {
    const properties: TelemetryProperties = {
      [TelemetryConstants.channelIdProperty]: activity.channelId ?? '',
      [TelemetryConstants.recipientIdProperty]: activity.recipient?.id ?? '',
      ...conversationOf(activity),
      ...identityOf(activity),
    }
    return { ...properties, ...telemetryProperties }
  }

  private track(name: string, properties: TelemetryProperties): void {
    this.telemetryClient.trackEvent({ name, properties })
  }

  /** Of what may be reported only on demand, what is there. */
  private personal(properties: Record<string, string | undefined>): TelemetryProperties {
    if (!this.logPersonalInformation) return {}
    const present = Object.entries(properties).filter(([, value]) => value?.trim())
    return Object.fromEntries(present) as TelemetryProperties
  }
}

function conversationOf({ conversation }: Activity): TelemetryProperties {
  return {
    [TelemetryConstants.conversationIdProperty]: conversation?.id ?? '',
    [TelemetryConstants.conversationNameProperty]: conversation?.name ?? '',
  }
}

function identityOf({ type, id }: Activity): TelemetryProperties {
  return {
    [TelemetryConstants.activityTypeProperty]: type ?? '',
    [TelemetryConstants.activityIdProperty]: id ?? '',
  }
}

function channelPropertiesOf({ channelId, channelData, from }: Activity): TelemetryProperties {
  if (channelId !== Channels.Msteams) return {}
  return {
    TeamsUserAadObjectId: from?.aadObjectId ?? '',
    TeamsTenantId: channelData?.tenant?.id ?? '',
    ...(channelData?.team ? { TeamsTeamInfo: JSON.stringify(channelData.team) } : {}),
  }
}
