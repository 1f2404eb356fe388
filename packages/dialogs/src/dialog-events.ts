/** Names of the events dialogs get. */
export class DialogEvents {
  static readonly beginDialog = 'beginDialog'
  static readonly repromptDialog = 'repromptDialog'
  static readonly cancelDialog = 'cancelDialog'
  static readonly activityReceived = 'activityReceived'
  /** The dialogs a stored stack was made with are not those that are to continue it. */
  static readonly versionChanged = 'versionChanged'
  static readonly error = 'error'
}
