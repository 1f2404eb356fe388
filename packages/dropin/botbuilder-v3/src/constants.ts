/** Why a dialog goes on: how the one above it ended. */
export const ResumeReason: {
  readonly completed: 0
  readonly notCompleted: 1
  readonly canceled: 2
  readonly back: 3
  readonly forward: 4
  readonly reprompt: 5
  readonly [value: number]: string
} = numbered('completed', 'notCompleted', 'canceled', 'back', 'forward', 'reprompt')
export type ResumeReason = 0 | 1 | 2 | 3 | 4 | 5

/** How several recognizers are asked: all at once, or one after the other until one is sure. */
export const RecognizeOrder: {
  readonly parallel: 0
  readonly series: 1
  readonly [value: number]: string
} = numbered('parallel', 'series')
export type RecognizeOrder = 0 | 1

/** When an `IntentDialog` looks for an intent in what the user said: when it begins, only as the root, or only in replies. */
export const RecognizeMode: {
  readonly onBegin: 0
  readonly onBeginIfRoot: 1
  readonly onReply: 2
  readonly [value: number]: string
} = numbered('onBegin', 'onBeginIfRoot', 'onReply')
export type RecognizeMode = 0 | 1 | 2

/** The built-in prompts, for `Prompts.customize`. */
export const PromptType: {
  readonly text: 0
  readonly number: 1
  readonly confirm: 2
  readonly choice: 3
  readonly time: 4
  readonly attachment: 5
  readonly [value: number]: string
} = numbered('text', 'number', 'confirm', 'choice', 'time', 'attachment')
export type PromptType = 0 | 1 | 2 | 3 | 4 | 5

/** How the choices of a prompt are shown. */
export const ListStyle: {
  readonly none: 0
  readonly inline: 1
  readonly list: 2
  readonly button: 3
  readonly auto: 4
  readonly [value: number]: string
} = numbered('none', 'inline', 'list', 'button', 'auto')
export type ListStyle = 0 | 1 | 2 | 3 | 4

/** How a message's text is written. */
export const TextFormat: { plain: string; markdown: string; xml: string } = {
  plain: 'plain',
  markdown: 'markdown',
  xml: 'xml',
}

/** How several attachments are laid out. */
export const AttachmentLayout: { list: string; carousel: string } = { list: 'list', carousel: 'carousel' }

/** Whether the bot waits for an answer. */
export const InputHint: { acceptingInput: string; ignoringInput: string; expectingInput: string } = {
  acceptingInput: 'acceptingInput',
  ignoringInput: 'ignoringInput',
  expectingInput: 'expectingInput',
}

/** Names to numbers and back, as TypeScript enums have it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the annotation of each constant says what it is
function numbered(...names: string[]): any {
  return Object.fromEntries(names.flatMap((name, value) => [[name, value] as const, [value, name] as const]))
}
