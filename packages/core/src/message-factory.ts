import type { Activity } from './activity.ts'
import { ActivityTypes, AttachmentLayoutTypes, InputHints } from './activity-constants.ts'
import type { Attachment, CardAction, SuggestedActions } from './attachments.ts'
import { CardFactory } from './card-factory.ts'
import type { OpenSet } from './open-types.ts'

/**
 * Makes messages to send. All of them take, at the end, a `text`, what a speech channel says instead (`speak`: text or SSML) and
 * whether the bot expects an answer (`inputHint`, default `acceptingInput`).
 *
 * ```ts
 * await context.sendActivity(MessageFactory.suggestedActions(['Yes', 'No'], 'Shall we?'))
 * ```
 */
export class MessageFactory {
  /** A message of text. */
  static text(text: string, speak?: string, inputHint?: OpenSet<InputHints>): Partial<Activity> {
    return message({ text }, undefined, speak, inputHint)
  }

  /**
   * A message with buttons that go away when one is pressed.
   *
   * @param actions - A string becomes a button that sends itself as the user's message.
   */
  static suggestedActions(
    actions: (CardAction | string)[],
    text?: string,
    speak?: string,
    inputHint?: OpenSet<InputHints>,
  ): Partial<Activity> {
    // Without `to` everybody sees them; v4 leaves it out as well.
    const suggestedActions = { actions: CardFactory.actions(actions) } as SuggestedActions
    return message({ suggestedActions }, text, speak, inputHint)
  }

  /** A message with one attachment: a file, an image or a card of {@link CardFactory}. */
  static attachment(
    attachment: Attachment,
    text?: string,
    speak?: string,
    inputHint?: OpenSet<InputHints>,
  ): Partial<Activity> {
    return MessageFactory.list([attachment], text, speak, inputHint)
  }

  /** A message with attachments one below the other. */
  static list(
    attachments: Attachment[],
    text?: string,
    speak?: string,
    inputHint?: OpenSet<InputHints>,
  ): Partial<Activity> {
    return message({ attachmentLayout: AttachmentLayoutTypes.List, attachments }, text, speak, inputHint)
  }

  /** A message with attachments side by side. */
  static carousel(
    attachments: Attachment[],
    text?: string,
    speak?: string,
    inputHint?: OpenSet<InputHints>,
  ): Partial<Activity> {
    return message({ attachmentLayout: AttachmentLayoutTypes.Carousel, attachments }, text, speak, inputHint)
  }

  /**
   * A message with an image or a file that lies at an address.
   *
   * @param contentType - MIME type, e.g. `image/png`.
   * @param name - What the file is called.
   */
  static contentUrl(
    url: string,
    contentType: string,
    name?: string,
    text?: string,
    speak?: string,
    inputHint?: OpenSet<InputHints>,
  ): Partial<Activity> {
    const attachment: Attachment = { contentType, contentUrl: url, ...(name ? { name } : {}) }
    return MessageFactory.attachment(attachment, text, speak, inputHint)
  }
}

function message(
  content: Partial<Activity>,
  text: string | undefined,
  speak: string | undefined,
  inputHint: string | undefined,
): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    ...content,
    inputHint: inputHint || InputHints.AcceptingInput,
    ...(text ? { text } : {}),
    ...(speak ? { speak } : {}),
  }
}
