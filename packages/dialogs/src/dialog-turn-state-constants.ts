/** Keys of `turnState` under which dialogs find what they work with. */
export class DialogTurnStateConstants {
  /** The `DialogStateManagerConfiguration` of this turn. */
  static readonly configuration: symbol = Symbol('configuration')
  /** The `DialogManager` that runs this turn. */
  static readonly dialogManager: symbol = Symbol('dialogManager')
  static readonly telemetryClient: symbol = Symbol('telemetryClient')
  static readonly queueStorage: symbol = Symbol('queueStorage')
}
