/** Names of the events with which a conversation goes to a person and back. */
export class HandoffEventNames {
  static readonly InitiateHandoff: string = 'handoff.initiate'
  static readonly HandoffStatus: string = 'handoff.status'
}
