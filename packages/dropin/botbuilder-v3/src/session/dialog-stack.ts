import type { IDialogState } from '../contracts/recognizing.ts'
import type { SessionLibrary } from '../contracts/session.ts'

/** Calls `fn` for each dialog, from the root up or, `reverse`, down. */
export function forEachEntry(
  stack: IDialogState[],
  reverse: boolean,
  fn: (entry: IDialogState, index: number) => void,
): void {
  const entries = stack.map((entry, index) => [entry, index] as const)
  for (const [entry, index] of reverse ? entries.toReversed() : entries) fn(entry, index)
}

/** Where a dialog is, or -1. */
export function findEntry(stack: IDialogState[], dialogId: string, reverse = false): number {
  const isIt = ({ id }: IDialogState): boolean => id === dialogId
  return reverse ? stack.findLastIndex(isIt) : stack.findIndex(isIt)
}

/** The dialog on top, or `null`. */
export function activeEntry(stack: IDialogState[]): IDialogState {
  return stack.at(-1) ?? (null as unknown as IDialogState)
}

/** Puts a dialog on top. */
export function pushEntry(stack: IDialogState[], entry: IDialogState): IDialogState {
  entry.state ??= {}
  stack.push(entry)
  return entry
}

/** Takes the dialog on top away and gives the one below, or `null`. */
export function popEntry(stack: IDialogState[]): IDialogState {
  stack.pop()
  return activeEntry(stack)
}

/** Takes the dialogs from `start` on away and gives the one below, or `null`. */
export function pruneStack(stack: IDialogState[], start: number): IDialogState {
  stack.splice(start)
  return activeEntry(stack)
}

/** Whether the bot still has all dialogs of a stack. */
export function isValidStack(stack: IDialogState[], root: SessionLibrary): boolean {
  return stack.every(({ id }) => {
    const [library = '', ...rest] = id.split(':')
    return Boolean(root.findDialog(library, rest.join(':')))
  })
}
