import { InputHints, MessageFactory } from '@parley/core'
import type { Activity } from '@parley/core'
import type { Choice } from '../choices/choice.ts'
import { ChoiceFactory, type ChoiceFactoryOptions } from '../choices/choice-factory.ts'
import { ListStyle } from './list-style.ts'

/** A question with choices behind, below or beside it. Of a question that is an activity, all but the text is kept. */
export function appendChoices(
  prompt: string | Partial<Activity> | undefined,
  channelId: string,
  choices: (string | Choice)[],
  style: ListStyle | undefined,
  options: ChoiceFactoryOptions | undefined,
): Partial<Activity> {
  const question = typeof prompt === 'object' ? prompt : undefined
  const text = (typeof prompt === 'string' ? prompt : prompt?.text) ?? ''
  const message = messageFor(style, channelId, choices, text, options)
  if (!question) return message

  const { attachments, suggestedActions } = message
  const asked: Partial<Activity> = { ...question }
  delete asked.text
  if (message.text !== undefined) asked.text = message.text
  if (suggestedActions && suggestedActions.actions.length > 0) asked.suggestedActions = suggestedActions
  if (attachments) asked.attachments = [...(question.attachments ?? []), ...attachments]
  return asked
}

function messageFor(
  style: ListStyle | undefined,
  channelId: string,
  choices: (string | Choice)[],
  text: string,
  options: ChoiceFactoryOptions | undefined,
): Partial<Activity> {
  switch (style) {
    case ListStyle.none:
      return MessageFactory.text(text, undefined, InputHints.ExpectingInput)
    case ListStyle.inline:
      return ChoiceFactory.inline(choices, text, undefined, options)
    case ListStyle.list:
      return ChoiceFactory.list(choices, text, undefined, options)
    case ListStyle.suggestedAction:
      return ChoiceFactory.suggestedAction(choices, text)
    case ListStyle.heroCard:
      return ChoiceFactory.heroCard(choices, text)
    default:
      return ChoiceFactory.forChannel(channelId, choices, text, undefined, options)
  }
}
