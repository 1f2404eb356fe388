/* eslint-disable no-control-regex -- control characters are what this file is about */

/** Sequences that begin with ESC or its one-character form: strings up to their end, then everything shorter. */
const sequences =
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/g
/** What else moves the cursor, rings, or has no picture; line ends and tabs are looked at before. */
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g
/** They show text in another order than it is written in, so that one thing looks like another. */
const reordering = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * A text of the wire as a terminal can be shown it: without escape sequences, control characters and marks that turn the
 * direction of writing, whatever a bot put into it. Lines end with `\n`; tabs are spaces.
 */
export function stripControls(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replaceAll('\t', '    ')
    .replace(sequences, '')
    .replace(controls, '')
    .replace(reordering, '')
}

/** The same for what has one line: a title, a name. */
export function stripToLine(text: string): string {
  const lines = stripControls(text).split('\n')
  return lines
    .map((line) => line.trim())
    .join(' ')
    .trim()
}
