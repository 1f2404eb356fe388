import { ActivityTypes, InputHints } from '@parley/core'
import type { Activity, TokenResponse, TurnContext } from '@parley/core'
import { Dialog, type DialogStack } from '../dialog.ts'
import type { DialogTurnResult } from '../dialog-instance.ts'
import { sendOAuthCard } from './oauth-card.ts'
import type { OAuthPromptSettings } from './oauth-prompt-settings.ts'
import {
  isTokenExchangeInvoke,
  isTokenResponseEvent,
  isVerifyStateInvoke,
  recognizeToken,
} from './oauth-recognition.ts'
import type { PromptOptions } from './prompt-options.ts'
import { validate, withInputHint, type PromptState } from './prompt-state.ts'
import type { PromptRecognizerResult, PromptValidator } from './prompt-validator.ts'
import { skillCallerOf, type SkillCaller } from './skill-caller.ts'
import { userTokenAccess } from './user-token-access.ts'

const DEFAULT_TIMEOUT_MS = 900_000

/** Where the state has the bot that called this one. */
const CALLER = 'botbuilder-dialogs.caller'

interface OAuthPromptState extends PromptState {
  /** Milliseconds since 1970. */
  expires: number
  [CALLER]: SkillCaller | null
}

/**
 * Signs a user in, and returns the token. A user who is signed in is not asked. Otherwise a card is sent, and the prompt waits
 * for what comes of it: a token (event `tokens/response`), the code of the sign-in (six digits in a message, or the invoke
 * `signin/verifyState`), or a token to exchange (invoke `signin/tokenExchange`). What takes too long returns nothing.
 *
 * Keep no tokens in state: ask with {@link OAuthPrompt.getUserToken} whenever one is needed.
 */
export class OAuthPrompt extends Dialog {
  private settings: OAuthPromptSettings
  private validator: PromptValidator<TokenResponse> | undefined

  constructor(dialogId: string, settings: OAuthPromptSettings, validator?: PromptValidator<TokenResponse>) {
    super(dialogId)
    this.settings = settings
    this.validator = validator
  }

  /**
   * Sends the card that signs a user in, without a prompt that waits.
   *
   * @throws {@link OAuthUnsupportedError} `DIALOGS_OAUTH_UNSUPPORTED`
   */
  static sendOAuthCard(
    settings: OAuthPromptSettings,
    turnContext: TurnContext,
    prompt?: string | Partial<Activity>,
  ): Promise<void> {
    return sendOAuthCard(settings, turnContext, prompt)
  }

  override async beginDialog(dc: DialogStack, options?: PromptOptions): Promise<DialogTurnResult> {
    const { timeout } = this.settings
    const stored: OAuthPromptState = Object.assign(dc.activeDialog!.state, {
      state: {},
      options: withInputHint(options, InputHints.AcceptingInput),
      expires: Date.now() + (typeof timeout === 'number' ? timeout : DEFAULT_TIMEOUT_MS),
      [CALLER]: skillCallerOf(dc.context),
    })
    const token = await this.getUserToken(dc.context)
    if (token) return dc.endDialog(token)
    await sendOAuthCard(this.settings, dc.context, stored.options.prompt)
    return Dialog.EndOfTurn
  }

  override async continueDialog(dc: DialogStack): Promise<DialogTurnResult> {
    const { context } = dc
    const { activity } = context
    const stored: OAuthPromptState = dc.activeDialog!.state
    if (canFinish(activity) && Date.now() > stored.expires) return dc.endDialog(undefined)

    const recognized = await this.recognizeToken(dc)
    stored.state['attemptCount'] ??= 0
    const isValid = this.validator ? await validate(this.validator, context, recognized, stored) : recognized.succeeded
    if (isValid) return dc.endDialog(recognized.value)
    if (activity.type === ActivityTypes.Message) {
      if (this.settings.endOnInvalidMessage) return dc.endDialog(undefined)
      const { retryPrompt } = stored.options
      if (retryPrompt && !context.responded) {
        await context.sendActivity(retryPrompt, undefined, InputHints.AcceptingInput)
      }
    }
    return Dialog.EndOfTurn
  }

  /**
   * The token of the user of a turn.
   *
   * @param code - What the user typed at the end of the sign-in.
   * @returns `undefined` when the user is not signed in, or the code is not the right one.
   * @throws {@link OAuthUnsupportedError} `DIALOGS_OAUTH_UNSUPPORTED`
   */
  async getUserToken(context: TurnContext, code?: string): Promise<TokenResponse | undefined> {
    return userTokenAccess(context, this.settings).getToken(code)
  }

  /**
   * Signs the user of a turn out.
   *
   * @throws {@link OAuthUnsupportedError} `DIALOGS_OAUTH_UNSUPPORTED`
   */
  async signOutUser(context: TurnContext): Promise<void> {
    await userTokenAccess(context, this.settings).signOut()
  }

  /** What the activity of a turn brings: a token, or what gets one. An invoke is answered. */
  recognizeToken(dc: DialogStack): Promise<PromptRecognizerResult<TokenResponse>> {
    return recognizeToken(dc.context, this.settings, dc.activeDialog?.state[CALLER])
  }
}

/** Whether an activity may end a sign-in; only such ones find that it has taken too long. */
function canFinish(activity: Activity): boolean {
  const isMessage = activity.type === ActivityTypes.Message
  return isMessage || isTokenResponseEvent(activity) || isVerifyStateInvoke(activity) || isTokenExchangeInvoke(activity)
}
