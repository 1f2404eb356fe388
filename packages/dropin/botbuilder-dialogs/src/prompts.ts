import type { Activity, OpenValue, TurnContext } from '@parley/core'
import { Dialog } from './dialogs.ts'
import type { OAuthPromptSettings } from './models.ts'
import { notThere } from './not-there.ts'

export abstract class Prompt<_T = OpenValue> extends Dialog {}

export class ActivityPrompt extends Dialog {}

export class AttachmentPrompt extends Prompt {}

export class ChoicePrompt extends Prompt {}

export class ConfirmPrompt extends Prompt<boolean> {}

export class DateTimePrompt extends Prompt {}

export class NumberPrompt extends Prompt<number> {}

export class TextPrompt extends Prompt<string> {}

export class OAuthPrompt extends Dialog {
  /** @throws {@link UnsupportedError} `DROPIN_UNSUPPORTED`: always, as a rejection. */
  static async sendOAuthCard(
    _settings: OAuthPromptSettings,
    _turnContext: TurnContext,
    _prompt?: string | Partial<Activity>,
  ): Promise<void> {
    throw notThere('OAuthPrompt.sendOAuthCard()')
  }
}
