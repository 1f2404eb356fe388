/** Names of the properties of telemetry events, on which queries and dashboards depend. */
export class TelemetryConstants {
  static readonly channelIdProperty: string = 'channelId'
  static readonly conversationIdProperty: string = 'conversationId'
  static readonly conversationNameProperty: string = 'conversationName'
  static readonly dialogIdProperty: string = 'dialogId'
  static readonly fromIdProperty: string = 'fromId'
  static readonly fromNameProperty: string = 'fromName'
  static readonly localeProperty: string = 'locale'
  static readonly recipientIdProperty: string = 'recipientId'
  static readonly recipientNameProperty: string = 'recipientName'
  static readonly replyActivityIdProperty: string = 'replyActivityId'
  static readonly textProperty: string = 'text'
  static readonly speakProperty: string = 'speak'
  static readonly userIdProperty: string = 'userId'
  static readonly attachmentsProperty: string = 'attachments'
  static readonly activityTypeProperty: string = 'type'
  static readonly activityIdProperty: string = 'activityId'
}
