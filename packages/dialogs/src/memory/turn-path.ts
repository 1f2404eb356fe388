/** Where the memory keeps what belongs to the turn. */
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
