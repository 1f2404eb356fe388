import type { ClaimsIdentity, OpenValue, TurnContext } from '@parley/core'
import { OAuthUnsupportedError } from './oauth-unsupported-error.ts'

/** The bot that called this one as its skill, as it is stored: where it is, and for whom tokens to it are. */
export interface SkillCaller {
  callerServiceUrl: string
  scope: string
}

/** The app id of skills and their callers that prove nothing. */
const ANONYMOUS_SKILL = 'AnonymousSkill'
const CHANNEL_ISSUERS: readonly unknown[] = ['https://api.botframework.com', 'https://api.botframework.us']

/** The bot that called this one as its skill; `null` when a channel did. */
export function skillCallerOf(context: TurnContext): SkillCaller | null {
  const scope = callingApp(context.turnState.get<ClaimsIdentity | undefined>(context.adapter.BotIdentityKey))
  return scope ? { callerServiceUrl: context.activity.serviceUrl, scope } : null
}

/**
 * Lets the turn answer through the bot that called this one when the prompt began: a token comes from the channel itself.
 *
 * @throws {@link OAuthUnsupportedError} `DIALOGS_OAUTH_UNSUPPORTED`: the adapter makes no connectors.
 */
export async function answerCaller(context: TurnContext, caller: SkillCaller): Promise<void> {
  const adapter = context.adapter as OpenValue
  context.activity.serviceUrl = caller.callerServiceUrl
  const connector = await createConnector(context, adapter, caller)
  context.turnState.set(adapter.ConnectorClientKey, connector)
}

function createConnector(context: TurnContext, adapter: OpenValue, caller: SkillCaller): Promise<unknown> {
  const { callerServiceUrl, scope } = caller
  const factory = context.turnState.get(adapter.ConnectorFactoryKey)
  if (factory) return factory.create(callerServiceUrl, scope)
  if (typeof adapter.createConnectorClientWithIdentity !== 'function') throw new OAuthUnsupportedError()
  const identity = context.turnState.get(adapter.BotIdentityKey)
  return adapter.createConnectorClientWithIdentity(callerServiceUrl, identity, scope)
}

/** The app that called, if its token is that of a bot: made out by another app than the one it is for. */
function callingApp(identity: ClaimsIdentity | undefined): string | undefined {
  const claim = (type: string): string | undefined => identity?.claims?.findLast((each) => each.type === type)?.value
  if (claim('appid') === ANONYMOUS_SKILL) return ANONYMOUS_SKILL
  const version = claim('ver')
  const audience = claim('aud')
  const caller = version === '1.0' ? claim('appid') : version === '2.0' ? claim('azp') : undefined
  const isBot = audience && !CHANNEL_ISSUERS.includes(audience) && caller !== audience
  return isBot ? caller : undefined
}
