import type { WireFields } from '../direct-line/wire-activity.ts'
import type { CardInput } from './card-input.ts'
import { stripToLine } from './strip-controls.ts'
import type { Terminal } from './terminal.ts'

/** Something the user can choose by its number: a button of a card, or a suggested action. */
export interface Choice {
  /** Free of control characters, on one line. */
  readonly title: string
  /** What is sent, or opened: a card action, or an action of an Adaptive Card. */
  readonly action: WireFields
  /** Asked before an action of an Adaptive Card is sent. */
  readonly inputs?: readonly CardInput[]
  /** The activity the card is in. */
  readonly activityId: string
}

/** Where parts of an activity are shown. */
export interface Place {
  readonly terminal: Terminal
  /** The activity that is shown. */
  readonly activityId: string
  /** What there is to choose from so far. */
  readonly choices: Choice[]
}

const MAX_TITLE_LENGTH = 1000

/** Adds a choice. @returns its line: the number, and what it says. */
export function addChoice(
  { terminal, choices, activityId }: Place,
  title: string,
  action: WireFields,
  inputs?: readonly CardInput[],
): string {
  const shown = stripToLine(title.slice(0, MAX_TITLE_LENGTH)) || 'unnamed'
  choices.push({ title: shown, action, activityId, ...(inputs ? { inputs } : {}) })
  return `${terminal.paint('cyan', `[${choices.length}]`)} ${shown}`
}
