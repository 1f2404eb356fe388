import type { OpenValue, TurnContext } from '@parley/core'
import type { DialogStack } from '../dialog.ts'
import type { DialogEvent } from '../dialog-instance.ts'
import type { PromptOptions } from './prompt-options.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'
import { Prompt } from './prompt.ts'

/** Asks for a text: any but the empty one. Texts in answer to it are offered to the dialogs around it first. */
export class TextPrompt extends Prompt<string> {
  constructor(dialogId?: string, validator?: PromptValidator<string>) {
    super(dialogId as string, validator)
  }

  protected override async onRecognize(
    context: TurnContext,
    _state: OpenValue,
    _options: PromptOptions,
  ): Promise<PromptRecognizerResult<string>> {
    const { text } = context.activity
    return typeof text === 'string' && text.length > 0 ? { succeeded: true, value: text } : { succeeded: false }
  }

  protected override async onPreBubbleEvent(_dc: DialogStack, _event: DialogEvent): Promise<boolean> {
    return false
  }
}
