import { BotState } from '@parley/state'
import type { Storage } from '@parley/state'

/** State of {@link InspectionMiddleware}: one for the whole bot, as a session begins in one conversation and serves another. */
export class InspectionState extends BotState {
  constructor(storage: Storage) {
    super(storage, () => 'InspectionState')
  }
}
