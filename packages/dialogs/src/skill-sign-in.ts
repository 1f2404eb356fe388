import { ActivityTypes, tokenExchangeOperationName } from '@parley/core'
import type { Activity, OAuthCard, OpenValue, TurnContext } from '@parley/core'
import type { SkillDialogOptions, TokenExchanger } from './skill-dialog-options.ts'

const OAUTH_CARD = 'application/vnd.microsoft.card.oauth'

/**
 * Answers the OAuth card of a skill with a token of the user, if there is one for this bot's connection.
 *
 * @returns Whether the skill took it; otherwise the user gets the card.
 */
export async function signInToSkill(
  context: TurnContext,
  activity: Partial<Activity>,
  options: SkillDialogOptions,
): Promise<boolean> {
  const { connectionName } = options
  const card = activity.attachments?.find(({ contentType }) => contentType === OAUTH_CARD)?.content as OAuthCard
  const resource = card?.tokenExchangeResource
  if (!connectionName || !resource?.uri) return false
  try {
    const token = await exchange(context, connectionName, resource.uri)
    return token !== undefined && (await sendToken(activity, resource.id, card.connectionName, token, options))
  } catch {
    // Whatever went wrong, the user can still sign in with the card.
    return false
  }
}

async function exchange(context: TurnContext, connectionName: string, uri: string): Promise<string | undefined> {
  const { activity, turnState } = context
  const adapter = context.adapter as OpenValue
  const client: TokenExchanger | undefined = turnState.get(adapter.UserTokenClientKey)
  const user = activity.from.id
  const response = client
    ? await client.exchangeToken(user, connectionName, activity.channelId, { uri })
    : await (adapter as TokenExchanger).exchangeToken(context, connectionName, user, { uri })
  return response?.token || undefined
}

async function sendToken(
  card: Partial<Activity>,
  id: string | undefined,
  connectionName: string,
  token: string,
  { botId, skill, skillClient, skillHostEndpoint }: SkillDialogOptions,
): Promise<boolean> {
  const invoke = {
    ...card,
    type: ActivityTypes.Invoke,
    name: tokenExchangeOperationName,
    from: card.recipient,
    recipient: card.from,
    replyToId: card.id,
    value: { connectionName, id, token },
  } as Activity
  const conversationId = invoke.conversation.id
  const response = await skillClient.postActivity(
    botId,
    skill.appId,
    skill.skillEndpoint,
    skillHostEndpoint,
    conversationId,
    invoke,
  )
  return isSuccess(response.status)
}

/** Whether the status is one of success. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}
