import type { Attachment, OpenValue, TurnContext } from '@parley/core'
import type { PromptOptions } from './prompt-options.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'
import { Prompt } from './prompt.ts'

/** Asks for files; a message with one or more is an answer. */
export class AttachmentPrompt extends Prompt<Attachment[]> {
  // Public, unlike that of the superclass.
  // oxlint-disable-next-line eslint/no-useless-constructor
  constructor(dialogId: string, validator?: PromptValidator<Attachment[]>) {
    super(dialogId, validator)
  }

  protected override async onRecognize(
    context: TurnContext,
    _state: OpenValue,
    _options: PromptOptions,
  ): Promise<PromptRecognizerResult<Attachment[]>> {
    const { attachments } = context.activity
    return Array.isArray(attachments) && attachments.length > 0
      ? { succeeded: true, value: attachments }
      : { succeeded: false }
  }
}
