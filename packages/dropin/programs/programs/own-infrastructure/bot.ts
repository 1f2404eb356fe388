import * as http from 'http'
import {
  Activity,
  ActivityHandler,
  BotComponent,
  CallerIdConstants,
  ChannelAccount,
  ChannelServiceRoutes,
  ChannelServiceHandlerBase,
  CloudAdapter,
  QueueStorage,
  ResourceResponse,
  SkillConversationIdFactoryBase,
  SkillConversationReference,
  TurnContext,
  WebRequest,
  WebResponse,
} from 'botbuilder'
import { ClaimsIdentity, ConnectorClient, UserTokenClient } from 'botframework-connector'
import { GatewayAuthentication } from './gateway-authentication'

class ListQueue extends QueueStorage {
  readonly items: Partial<Activity>[] = []

  async queueActivity(activity: Partial<Activity>, _visibilityTimeout?: number, _timeToLive?: number): Promise<string> {
    this.items.push(activity)
    return String(this.items.length)
  }
}

class NoSkills extends SkillConversationIdFactoryBase {
  override async getSkillConversationReference(_id: string): Promise<SkillConversationReference> {
    throw new Error('There are no skills.')
  }

  async deleteConversationReference(_skillConversationId: string): Promise<void> {
    return undefined
  }
}

abstract class Component extends BotComponent {}
if (typeof Component !== 'function' || CallerIdConstants.PublicAzureChannel !== 'urn:botframework:azure')
  throw new Error('not v4')

/** Takes the place of a channel for other bots. */
class Mailbox extends ChannelServiceHandlerBase {
  readonly letters: string[] = []

  protected async authenticate(authHeader: string): Promise<ClaimsIdentity> {
    return new ClaimsIdentity([], authHeader === 'Bearer letter')
  }

  protected override async onSendToConversation(
    claimsIdentity: ClaimsIdentity,
    conversationId: string,
    activity: Activity,
  ): Promise<ResourceResponse> {
    this.letters.push(`${claimsIdentity.isAuthenticated} ${conversationId} ${activity.text}`)
    return { id: `letter-${this.letters.length}` }
  }

  protected override async onGetConversationMembers(): Promise<ChannelAccount[]> {
    return [{ id: 'me', name: 'Me' }]
  }
}

const adapter = new CloudAdapter(new GatewayAuthentication('open sesame'))
const queue = new ListQueue()
const mailbox = new Mailbox()
void new NoSkills()

class GatewayBot extends ActivityHandler {
  constructor() {
    super()
    this.onMessage(async (context: TurnContext, next: () => Promise<void>) => {
      const tokens: UserTokenClient = context.turnState.get<UserTokenClient>(adapter.UserTokenClientKey)
      const { from, channelId, text } = context.activity
      switch (text) {
        case 'queue':
          await context.sendActivity(await queue.queueActivity(TurnContext.getConversationReference(context.activity)))
          break
        case 'exchange':
          await tokens.exchangeToken(from.id, 'c', channelId, { token: 'x' })
          await context.sendActivity((await tokens.getUserToken(from.id, 'c', channelId, '')).token)
          break
        case 'later': {
          const reference = TurnContext.getConversationReference(context.activity)
          const identity = context.turnState.get<ClaimsIdentity>(adapter.BotIdentityKey)
          await adapter.continueConversationAsync(identity, reference, 'an-audience', async (inner) => {
            const scope = inner.turnState.get<string>(adapter.OAuthScopeKey)
            await inner.sendActivity(
              `${scope} ${inner.turnState.get<ConnectorClient>(adapter.ConnectorClientKey) !== undefined}`,
            )
          })
          break
        }
        default: {
          const scope = context.turnState.get<string>(adapter.OAuthScopeKey)
          await context.sendActivity(`${context.activity.callerId} ${scope} ${text}`)
        }
      }
      await next()
    })
  }
}

const bot = new GatewayBot()
type Handler = (request: WebRequest, response: WebResponse, ...next: (() => void)[]) => void
const routes: Record<string, Handler> = {}
const register =
  (method: string) =>
  (path: string, handler: Handler): void => {
    routes[`${method} ${path}`] = handler
  }
new ChannelServiceRoutes(mailbox).register(
  { get: register('GET'), post: register('POST'), put: register('PUT'), del: register('DELETE') },
  '/mailbox',
)

http
  .createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const body = text ? JSON.parse(text) : undefined
    const response = {
      socket: res.socket,
      status: (code: number) => (res.statusCode = code),
      header: (name: string, value: unknown) => res.setHeader(name, String(value)),
      send: (answer?: unknown) => res.write(JSON.stringify(answer)),
      end: () => res.end(),
    }
    const match = /^\/mailbox\/v3\/conversations\/([^/]+)\/(activities|members)$/.exec(req.url ?? '')
    if (match) {
      const route = routes[`${req.method} /mailbox/v3/conversations/:conversationId/${match[2]}`]
      const request = { body, headers: req.headers, method: req.method, params: { conversationId: match[1] } }
      // What is declared takes two, what is called wants `next` as well.
      return route?.(request as unknown as WebRequest, response as unknown as WebResponse, () => undefined)
    }
    return adapter.process({ body, headers: req.headers, method: req.method }, response, (context) => bot.run(context))
  })
  .listen(process.env.PORT)
