/** Why a dialog is called. */
export const DialogReason = {
  beginCalled: 'beginCalled',
  continueCalled: 'continueCalled',
  endCalled: 'endCalled',
  replaceCalled: 'replaceCalled',
  cancelCalled: 'cancelCalled',
  nextCalled: 'nextCalled',
} as const
export type DialogReason = (typeof DialogReason)[keyof typeof DialogReason]

/** How things stand with a stack of dialogs after a turn. */
export const DialogTurnStatus = {
  empty: 'empty',
  waiting: 'waiting',
  complete: 'complete',
  cancelled: 'cancelled',
  completeAndWait: 'completeAndWait',
} as const
export type DialogTurnStatus = (typeof DialogTurnStatus)[keyof typeof DialogTurnStatus]

/** How choices are shown. SDK v4's enumeration of numbers leads back from the number to the name, too. */
export const ListStyle = {
  none: 0,
  auto: 1,
  inline: 2,
  list: 3,
  suggestedAction: 4,
  heroCard: 5,
  0: 'none',
  1: 'auto',
  2: 'inline',
  3: 'list',
  4: 'suggestedAction',
  5: 'heroCard',
} as const
export type ListStyle = Extract<(typeof ListStyle)[keyof typeof ListStyle], number>

/** Names of the events dialogs get. */
export class DialogEvents {
  static readonly beginDialog = 'beginDialog'
  static readonly repromptDialog = 'repromptDialog'
  static readonly cancelDialog = 'cancelDialog'
  static readonly activityReceived = 'activityReceived'
  static readonly versionChanged = 'versionChanged'
  static readonly error = 'error'
}

/** Where the memory of dialogs keeps what belongs to the running dialog. */
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

/** The scopes of the memory of dialogs. */
export class ScopePath {
  static readonly user = 'user'
  static readonly conversation = 'conversation'
  static readonly dialog = 'dialog'
  static readonly dialogClass = 'dialogClass'
  static readonly dialogContext = 'dialogContext'
  static readonly this = 'this'
  static readonly class = 'class'
  static readonly settings = 'settings'
  static readonly turn = 'turn'
}

/** Where the memory of dialogs keeps what the active dialog was begun with. */
export class ThisPath {
  static readonly options = 'this.options'
}

/** Where the memory of dialogs keeps what belongs to the turn. */
export class TurnPath {
  static readonly lastResult = 'turn.lastresult'
  static readonly activity = 'turn.activity'
  static readonly recognized = 'turn.recognized'
  static readonly topIntent = 'turn.recognized.intent'
  static readonly topScore = 'turn.recognized.score'
  static readonly text = 'turn.recognized.text'
  static readonly unrecognizedText = 'turn.unrecognizedText'
  static readonly recognizedEntities = 'turn.recognizedEntities'
  static readonly interrupted = 'turn.interrupted'
  static readonly dialogEvent = 'turn.dialogEvent'
  static readonly repeatedIds = 'turn.repeatedIds'
  static readonly activityProcessed = 'turn.activityProcessed'
}

/** Keys of `turnState` under which dialogs find what they work with. */
export class DialogTurnStateConstants {
  static readonly configuration: symbol = Symbol('configuration')
  static readonly dialogManager: symbol = Symbol('dialogManager')
  static readonly telemetryClient: symbol = Symbol('telemetryClient')
  static readonly queueStorage: symbol = Symbol('queueStorage')
}
