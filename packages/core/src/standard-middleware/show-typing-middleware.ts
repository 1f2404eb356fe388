import { ActivityTypes } from '../activity-constants.ts'
import type { Activity } from '../activity.ts'
import type { ClaimsIdentity } from '../claims-identity.ts'
import { applyConversationReference, getConversationReference } from '../conversation-reference.ts'
import type { Middleware, TurnContext } from '../turn-context.ts'
import { toError } from '../turn-errors.ts'
import { isSkillIdentity } from './skill-identity.ts'
import { MiddlewareOptionError } from './middleware-option-error.ts'

/**
 * Shows that the bot is typing while a message takes long to answer. Skills do not: the bot that called them does.
 *
 * Typing is not a reply: it passes no handlers of `onSendActivities` and leaves `responded` as it is.
 */
export class ShowTypingMiddleware implements Middleware {
  private readonly delay: number
  private readonly period: number

  /**
   * @param delay - How long the answer may take before typing is shown, in milliseconds, 0 or more. Default 500.
   * @param period - After how long it is shown again, in milliseconds, more than 0. Default 2000.
   * @throws {@link MiddlewareOptionError} `CORE_MIDDLEWARE_OPTION`.
   */
  constructor(delay = 500, period = 2000) {
    if (!(delay >= 0)) throw new MiddlewareOptionError('Delay must be greater than or equal to zero')
    if (!(period > 0)) throw new MiddlewareOptionError('Repeat period must be greater than zero')
    this.delay = delay
    this.period = period
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const identity = context.turnState.get<ClaimsIdentity | undefined>(context.adapter.BotIdentityKey)
    if (context.activity.type !== ActivityTypes.Message || isSkillIdentity(identity)) return next()
    const stop = this.showUntilStopped(context)
    try {
      await next()
    } finally {
      stop()
    }
  }

  private showUntilStopped(context: TurnContext): () => void {
    let stopped = false
    let timer: NodeJS.Timeout
    const typing = typingIn(context)
    const { adapter } = context
    const show = async (): Promise<void> => {
      try {
        await adapter.sendActivities(context, [{ ...typing }])
      } catch (error) {
        // The bot goes on; a failure after the turn is no longer anybody's.
        if (!stopped) await report(context, toError(error))
      }
      if (!stopped) timer = setTimeout(() => void show(), this.period)
    }
    timer = setTimeout(() => void show(), this.delay)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }
}

/** Not awaited by anybody, so it must not fail. */
async function report(context: TurnContext, error: Error): Promise<void> {
  try {
    await context.adapter.onTurnError?.(context, error)
  } catch {
    // Typing is not worth a failed turn.
  }
}

function typingIn({ activity }: TurnContext): Partial<Activity> {
  const typing: Partial<Activity> = { type: ActivityTypes.Typing }
  if (activity.relatesTo) typing.relatesTo = activity.relatesTo
  return applyConversationReference(typing, getConversationReference(activity))
}
