import type { CloudAdapter } from '@parley/adapter'
import type { ConnectorFactory } from '@parley/connector'
import { ActivityHandler, CardFactory, MessageFactory } from '@parley/core'
import type { TurnContext, UserTokenClient } from '@parley/core'

const CONNECTION = 'local'

/** A bot that asks its users to sign in, and greets them by the name they have there. */
export function createSignInBot(adapter: CloudAdapter, userTokenUrl: string): ActivityHandler {
  return (
    new ActivityHandler()
      .onMessage(async (context) => {
        const { text = '', from, channelId } = context.activity
        // At the end of a sign-in in another browser, the page shows a code to type into the chat.
        const code = /^\s*(\d{6})\s*$/.exec(text)?.[1]
        const found = await clientOf(context).getUserToken(from.id, CONNECTION, channelId, code)
        if (found) await greet(context, found.token)
        else await context.sendActivity(MessageFactory.attachment(signInCard()))
      })
      // At the end of a sign-in in the browser of the chat, the service tells the bot.
      .onTokenResponseEvent(async (context) => {
        await greet(context, context.activity.value.token)
      })
  )

  function clientOf(context: TurnContext): UserTokenClient {
    const factory = context.turnState.get<ConnectorFactory>(adapter.ConnectorFactoryKey)
    const audience = 'https://api.botframework.com'
    return factory.createUserTokenClient({ serviceUrl: userTokenUrl, audience, appId: adapter.appId ?? '' })
  }

  async function greet(context: TurnContext, token: string): Promise<void> {
    const headers = { Authorization: `Bearer ${token}` }
    const response = await fetch(`${userTokenUrl}/users/v2.0/userinfo`, { headers })
    const { name } = (await response.json()) as { name: string }
    await context.sendActivity(`Hello, ${name}!`)
  }
}

/** The service writes the link into the button. */
function signInCard(): ReturnType<typeof CardFactory.oauthCard> {
  return CardFactory.oauthCard(CONNECTION, 'Sign in', 'Please sign in.')
}
