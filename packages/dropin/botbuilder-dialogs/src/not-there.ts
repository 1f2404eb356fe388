import type { OpenValue } from '@parley/core'
import { UnsupportedError } from '@parley/sdk-v4/unsupported-error'

const instead =
  'Dialogs are not part of them yet: keep where a conversation stands in a property of ConversationState, or run this bot on SDK v4 until they are'

/** What to throw for a part of the dialogs. */
export function notThere(what: string): Error {
  return new UnsupportedError(`${what} (botbuilder-dialogs)`, instead)
}

/**
 * A class of the dialogs, of which there is only the name: programs that import it load and compile, and none can be made.
 */
export abstract class NotThere {
  [member: string]: OpenValue

  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always. */
  constructor(..._parameters: OpenValue[]) {
    throw notThere(new.target.name)
  }
}
