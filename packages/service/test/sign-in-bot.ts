import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { localCloud } from '@parley/auth'
import { ActivityHandler, CardFactory, MessageFactory, silentLogger } from '@parley/core'
import type { Activity, TokenResponse, TurnContext, UserTokenClient } from '@parley/core'
import type { BotRegistration } from '@parley/service'

const CONNECTION = 'local'

/** A bot that signs its users in with Parley's own clients, and greets them by the name they have at the identity provider. */
export class SignInBotHost {
  readonly appId = '6d0b1c9a-3a4e-4a0f-9e55-5f3f0c0e8a77'
  readonly secret = 'a secret both sides know'
  /** Activities that reached the bot, in order. */
  readonly received: Activity[] = []
  private readonly server: Server = createServer((request, response) => this.handle?.(request, response))
  private handle: ReturnType<typeof createNodeListener> | undefined
  private adapter: CloudAdapter | undefined
  private serviceUrl = ''

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
  }

  get registration(): BotRegistration {
    const { port } = this.server.address() as AddressInfo
    return { appId: this.appId, secret: this.secret, endpoint: `http://127.0.0.1:${port}/api/messages`, name: 'Porter' }
  }

  connect(serviceUrl: string): void {
    this.serviceUrl = serviceUrl
    const cloud = localCloud(serviceUrl)
    this.adapter = new CloudAdapter({ appId: this.appId, appPassword: this.secret, cloud, logger: silentLogger })
    this.handle = createNodeListener(this.adapter, this.bot())
  }

  async stop(): Promise<void> {
    await this.adapter?.close()
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private bot(): ActivityHandler {
    return new ActivityHandler()
      .onTurn(async (context, next) => {
        this.received.push(context.activity)
        await next()
      })
      .onMessage((context) => this.answer(context))
      .onTokenResponseEvent((context) => this.greet(context, context.activity.value as TokenResponse))
  }

  private async answer(context: TurnContext): Promise<void> {
    const { text, from, channelId } = context.activity
    const client = this.clientOf(context)
    if (text === 'sign out') {
      await client.signOutUser(from.id, CONNECTION, channelId)
      await context.sendActivity('You are signed out.')
      return
    }
    const code = /^\d{6}$/.exec(text)?.[0]
    const found = await client.getUserToken(from.id, CONNECTION, channelId, code)
    if (found) await this.greet(context, found)
    else if (code) await context.sendActivity('That code is not right.')
    else if (text === 'link') await context.sendActivity(await this.ownLink(context, client))
    else
      await context.sendActivity(
        MessageFactory.attachment(CardFactory.oauthCard(CONNECTION, 'Sign in', 'Please sign in.')),
      )
  }

  /** A card whose link the bot has asked for itself. */
  private async ownLink(context: TurnContext, client: UserTokenClient): Promise<Partial<Activity>> {
    const { signInLink } = await client.getSignInResource(CONNECTION, context.activity)
    return MessageFactory.attachment(CardFactory.oauthCard(CONNECTION, 'Sign in', 'Please sign in.', signInLink))
  }

  private async greet(context: TurnContext, { token }: TokenResponse): Promise<void> {
    const headers = { Authorization: `Bearer ${token}` }
    const response = await fetch(`${this.serviceUrl}/users/v2.0/userinfo`, { headers })
    const { name } = (await response.json()) as { name: string }
    await context.sendActivity(`Hello, ${name}!`)
  }

  private clientOf(context: TurnContext): UserTokenClient {
    const audience = 'https://api.botframework.com'
    const { serviceUrl, appId } = this
    const factory = context.turnState.get(this.adapter?.ConnectorFactoryKey)
    return factory.createUserTokenClient({ serviceUrl, audience, appId })
  }
}
