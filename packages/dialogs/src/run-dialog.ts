import { DialogUsageError } from './dialog-usage-error.ts'
import { BotTelemetryClientKey } from '@parley/core'
import type { BotTelemetryClient, TurnContext } from '@parley/core'
import type { StatePropertyAccessor } from '@parley/state'
import { DialogSet } from './dialog-context.ts'
import type { DialogState } from './dialog-context.ts'
import type { Dialog } from './dialog.ts'
import { reportCorrupted, runDialogTurn } from './run-dialog-turn.ts'
import type { CorruptedStateOptions } from './run-dialog-turn.ts'

/** The set of a dialog that was run before. */
interface KnownSet {
  readonly accessor: StatePropertyAccessor<DialogState>
  readonly options: CorruptedStateOptions | undefined
  readonly dialogs: DialogSet
}

const knownSets = new WeakMap<Dialog, KnownSet>()

/**
 * Gives the turn to a dialog: continues it, or begins it when nothing is on the stack. In a skill it answers the bot that
 * called it, too: with the end of the conversation when the dialog has ended.
 *
 * @param accessor - Where the stack is kept. Saving the state is the bot's.
 * @throws {@link DialogContextError}: the dialog failed, and no dialog has handled the event `error`.
 */
export async function runDialog(
  dialog: Dialog,
  context: TurnContext,
  accessor: StatePropertyAccessor<DialogState>,
  options?: CorruptedStateOptions,
): Promise<void> {
  if (!dialog) throw new DialogUsageError('runDialog(): missing dialog')
  if (!context) throw new DialogUsageError('runDialog(): missing context')
  if (!context.activity) throw new DialogUsageError('runDialog(): missing context.activity')
  if (!accessor) throw new DialogUsageError('runDialog(): missing accessor')

  const dialogs = setOf(dialog, accessor, options)
  const client: BotTelemetryClient = context.turnState.get(BotTelemetryClientKey) ?? dialog.telemetryClient
  if (dialogs.telemetryClient !== client) dialogs.telemetryClient = client
  await runDialogTurn(await dialogs.createContext(context), dialog.id)
}

/** Made once, as long as the same dialog is run with the same accessor. */
function setOf(
  dialog: Dialog,
  accessor: StatePropertyAccessor<DialogState>,
  options: CorruptedStateOptions | undefined,
): DialogSet {
  const known = knownSets.get(dialog)
  const isSame = known?.accessor === accessor && known.options === options && known.dialogs.find(dialog.id) === dialog
  if (isSame) return known.dialogs
  const dialogs = new DialogSet(accessor, { onStateCorrupted: reportCorrupted(dialog, options ?? {}) }).add(dialog)
  knownSets.set(dialog, { accessor, options, dialogs })
  return dialogs
}
