import { randomUUID } from 'node:crypto'
import { ActivityTypes, BotCallbackHandlerKey, getConversationReference, tokenResponseEventName } from '@parley/core'
import type {
  Activity,
  OAuthCard,
  OpenValue,
  TokenResponse,
  TurnContext,
  TurnErrorHandler,
  TurnLogic,
} from '@parley/core'
import { toError } from '@parley/core/internal'
import {
  CardFactory,
  OAuthLoginTimeoutKey,
  OAuthLoginTimeoutMsValue,
  TokenPollingSettingsKey,
} from '../../core/index.ts'

/** What a {@link TokenResolver} needs of an adapter; a `BotFrameworkAdapter` has it. */
export interface TokenPollingAdapter {
  getUserToken(context: TurnContext, connectionName: string, magicCode?: string): Promise<TokenResponse>
  processActivityDirect(activity: Activity, logic: TurnLogic): Promise<void>
  onTurnError?: TurnErrorHandler | undefined
}

/** One sign-in that is waited for. */
interface Wait {
  readonly adapter: TokenPollingAdapter
  readonly context: TurnContext
  readonly activity: Activity
  readonly connectionName: string
  readonly logic: TurnLogic
  readonly endsAt: number
  readonly log: string[] | undefined
}

/** Asks again and again for the token of a sign-in card, on connections over which the channel does not send it. */
export class TokenResolver {
  private static readonly PollingIntervalMs: number = 1000

  /**
   * Waits for the tokens that the sign-in cards of an activity ask for; each comes to the bot as the event `tokens/response`.
   *
   * @param log - Gets a line for each step.
   * @throws Error A card has no connection name.
   */
  static checkForOAuthCards(
    adapter: TokenPollingAdapter,
    context: TurnContext,
    activity: Activity,
    log?: string[],
  ): void {
    for (const { contentType, content } of activity?.attachments ?? []) {
      if (contentType !== CardFactory.contentTypes.oauthCard) continue
      const { connectionName } = content as Partial<OAuthCard>
      if (!connectionName) throw new Error("The OAuthPrompt's ConnectionName property is missing a value.")
      const logic = context.turnState.get<TurnLogic>(BotCallbackHandlerKey)
      const timeoutMs = context.turnState.get<number | undefined>(OAuthLoginTimeoutKey) ?? OAuthLoginTimeoutMsValue
      const endsAt = Date.now() + timeoutMs
      poll({ adapter, context, activity, connectionName, logic, endsAt, log }, TokenResolver.PollingIntervalMs)
    }
  }
}

/** Nobody waits for this, so that nothing may come of it but a call of `onTurnError`. */
function poll(wait: Wait, intervalMs: number): void {
  const timer = setTimeout(() => {
    step(wait, intervalMs)
      .catch((error: unknown) => wait.adapter.onTurnError?.(wait.context, toError(error)))
      .catch(() => {})
  }, intervalMs)
  timer.unref()
}

async function step(wait: Wait, intervalMs: number): Promise<void> {
  const { adapter, context, connectionName, log } = wait
  if (Date.now() > wait.endsAt) return
  const response: OpenValue = await adapter.getUserToken(context, connectionName)
  if (response?.token) {
    log?.push('Returned token')
    await adapter.processActivityDirect(tokenResponse(wait.activity, connectionName, response.token), wait.logic)
    return
  }
  const { timeout, interval } = response?.properties?.[TokenPollingSettingsKey] ?? {}
  if (typeof timeout === 'number' && timeout <= 0) {
    log?.push('End polling')
    return
  }
  if (interval > 0) log?.push(`Changing polling interval to ${interval}`)
  log?.push('Polling again')
  poll(wait, interval > 0 ? interval : intervalMs)
}

function tokenResponse(activity: Activity, connectionName: string, token: string): Activity {
  return {
    id: randomUUID(),
    timestamp: new Date(),
    type: ActivityTypes.Event,
    serviceUrl: activity.serviceUrl,
    from: activity.from,
    recipient: activity.recipient,
    replyToId: activity.id,
    channelId: activity.channelId,
    conversation: activity.conversation,
    name: tokenResponseEventName,
    relatesTo: getConversationReference(activity),
    value: { token, connectionName },
  } as unknown as Activity
}
