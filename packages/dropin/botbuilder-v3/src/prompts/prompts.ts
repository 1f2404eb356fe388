import { PromptType } from '../constants.ts'
import type { IRouteResult } from '../contracts/recognizing.ts'
import type { TextOrMessageType } from '../contracts/events.ts'
import type { IChoice, IDisambiguateChoices, IPromptOptions, IPrompts } from '../contracts/prompts.ts'
import type { Dialog } from '../dialogs/dialog.ts'
import { EntityRecognizer } from '../recognizing/entity-recognizer.ts'
import type { Session } from '../contracts/session.ts'
import { systemLibrary } from './system-library.ts'

/** Asks the user. What comes of it is what the dialog that asked is resumed with. */
export const Prompts: IPrompts = {
  text: (session, prompt, options) => ask(session, 'text', prompt, options),
  number: (session, prompt, options) => ask(session, 'number', prompt, options),
  confirm: (session, prompt, options) => ask(session, 'confirm', prompt, options),
  choice: (session, prompt, choices, options) =>
    ask(session, 'choice', prompt, { ...options, choices: toChoices(choices) } as IPromptOptions),
  time: (session, prompt, options) => ask(session, 'time', prompt, options),
  attachment: (session, prompt, options) => ask(session, 'attachment', prompt, options),
  disambiguate: (session, prompt, choices, options) => {
    session.beginDialog('BotBuilder:Disambiguate', { ...promptOptions(prompt, options), routes: toRoutes(choices) })
  },
  customize: (type, dialog: Dialog) => {
    systemLibrary().dialog(`prompt-${PromptType[type]}`, dialog, true)
    return Prompts
  },
}

function ask(session: Session, kind: string, prompt: TextOrMessageType, options: IPromptOptions | undefined): void {
  session.beginDialog(`BotBuilder:prompt-${kind}`, promptOptions(prompt, options))
}

/** As they are kept, which is JSON. */
function promptOptions(prompt: TextOrMessageType, options: IPromptOptions = {}): IPromptOptions {
  const { retryPrompt } = options
  const { promptAfterAction = true } = options
  return {
    ...options,
    promptAfterAction,
    prompt: plain(prompt),
    ...(retryPrompt === undefined ? {} : { retryPrompt: plain(retryPrompt) }),
  }
}

function plain(prompt: TextOrMessageType): TextOrMessageType {
  return typeof prompt === 'object' && 'toMessage' in prompt ? prompt.toMessage() : prompt
}

function toChoices(choices: string | object | string[] | IChoice[]): IChoice[] {
  if (!Array.isArray(choices)) return EntityRecognizer.expandChoices(choices).map((value) => ({ value }))
  return choices.map((choice: string | IChoice) => (typeof choice === 'string' ? { value: choice } : choice))
}

function toRoutes(choices: IDisambiguateChoices): [label: string, route: IRouteResult][] {
  return Object.entries(choices)
}
