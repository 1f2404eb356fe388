/** Where the memory keeps what belongs to the running container. */
export class DialogPath {
  static readonly eventCounter = 'dialog.eventCounter'
  static readonly expectedProperties = 'dialog.expectedProperties'
  static readonly defaultOperation = 'dialog.defaultOperation'
  static readonly lastEvent = 'dialog.lastEvent'
  static readonly requiredProperties = 'dialog.requiredProperties'
  static readonly retries = 'dialog.retries'
  static readonly lastIntent = 'dialog.lastIntent'
  static readonly lastTriggerEvent = 'dialog.lastTriggerEvent'
}
