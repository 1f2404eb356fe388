import { ActionTypes, ActivityTypes, CardFactory, Channels, InputHints } from '@parley/core'
import type { Activity, Attachment, SignInUrlResponse, TurnContext } from '@parley/core'
import type { OAuthPromptSettings } from './oauth-prompt-settings.ts'
import { skillCallerOf } from './skill-caller.ts'
import { userTokenAccess } from './user-token-access.ts'

/** Key in `turnState` of how long a sign-in may take: who polls for tokens looks there. */
const LOGIN_TIMEOUT_KEY = 'loginTimeout'

/** Channels that show no OAuth cards. */
const WITHOUT_OAUTH_CARDS: ReadonlySet<string> = new Set([Channels.Skype, Channels.Skypeforbusiness])

/** Sends a card that signs the user in, with `prompt`; a message that has such a card already is sent as it is. */
export async function sendOAuthCard(
  settings: OAuthPromptSettings,
  context: TurnContext,
  prompt: string | Partial<Activity> | undefined,
): Promise<void> {
  const access = userTokenAccess(context, settings)
  const message: Partial<Activity> = {
    inputHint: InputHints.AcceptingInput,
    ...(typeof prompt === 'object' ? prompt : { type: ActivityTypes.Message, ...(prompt ? { text: prompt } : {}) }),
  }
  const attachments = message.attachments ?? []
  const contentType = supportsOAuthCards(context.activity.channelId)
    ? CardFactory.contentTypes.oauthCard
    : CardFactory.contentTypes.signinCard
  if (!attachments.some((attachment) => attachment.contentType === contentType)) {
    const card = cardOf(contentType, settings, context, await access.getSignInResource())
    message.attachments = [...attachments, card]
  }

  if (settings.timeout && !context.turnState.get(LOGIN_TIMEOUT_KEY)) {
    context.turnState.set(LOGIN_TIMEOUT_KEY, settings.timeout)
  }
  await context.sendActivity(message)
}

/** Whether a channel shows OAuth cards. */
export function supportsOAuthCards(channelId: string): boolean {
  return !WITHOUT_OAUTH_CARDS.has(channelId)
}

/** Whether an OAuth card needs the link of the sign-in on a channel: others find it themselves. */
export function requiresSignInLink(channelId: string): boolean {
  return channelId === Channels.Msteams
}

/** Whether an activity came over a connection that the bot holds open, rather than by HTTP. */
export function isFromStreamingConnection(activity: Partial<Activity>): boolean {
  return activity.serviceUrl ? !activity.serviceUrl.toLowerCase().startsWith('http') : false
}

function cardOf(
  contentType: string,
  settings: OAuthPromptSettings,
  context: TurnContext,
  { signInLink, tokenExchangeResource, tokenPostResource }: SignInUrlResponse,
): Attachment {
  const { connectionName, title, text } = settings
  if (contentType === CardFactory.contentTypes.signinCard) return CardFactory.signinCard(title, signInLink ?? '', text)

  const { activity } = context
  const needsLink = isFromStreamingConnection(activity) || skillCallerOf(context) || settings.oAuthAppCredentials
  const hasLink = needsLink || (settings.showSignInLink ?? requiresSignInLink(activity.channelId))
  const link = hasLink ? signInLink : undefined
  const card = CardFactory.oauthCard(connectionName, title, text, link, tokenExchangeResource, tokenPostResource)
  // The emulator knows the sign-ins of the bot it talks to, not those of its skills.
  if (needsLink && activity.channelId === Channels.Emulator) card.content.buttons[0].type = ActionTypes.OpenUrl
  return card
}
