import type { OpenValue } from '@parley/core'
import type { DialogInstance } from '../dialog-instance.ts'
import type { MemoryHost } from './memory-scope.ts'

/**
 * The container that is running: the active dialog if it is one, else the dialog whose stack this is, else, outside of
 * containers, the active dialog.
 */
export function activeContainer(
  dc: MemoryHost,
): { readonly host: MemoryHost; readonly instance: DialogInstance } | undefined {
  const { activeDialog: active, parent } = dc
  if (active && isContainer(dc.findDialog(active.id))) return { host: dc, instance: active }
  const outer = parent?.activeDialog
  if (parent && outer) return { host: parent, instance: outer }
  return active && { host: dc, instance: active }
}

function isContainer(dialog: OpenValue): boolean {
  return typeof dialog?.createChildContext === 'function'
}
