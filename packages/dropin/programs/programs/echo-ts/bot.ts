import * as http from 'http'
import {
  Activity,
  ActivityHandler,
  BotHandler,
  ChannelAccount,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationBotFrameworkAuthenticationOptions,
  MessageFactory,
  Request,
  Response,
  ResourceResponse,
  TurnContext,
} from 'botbuilder'

export class EchoBot extends ActivityHandler {
  constructor() {
    super()
    const onMessage: BotHandler = async (context, next) => {
      const replyText = `Echo: ${context.activity.text}`
      const sent: ResourceResponse | undefined = await context.sendActivity(MessageFactory.text(replyText, replyText))
      if (!sent?.id) throw new Error('The channel gave no id.')
      await next()
    }
    this.onMessage(onMessage)
    this.onMembersAdded(async (context: TurnContext, next: () => Promise<void>): Promise<void> => {
      const membersAdded: ChannelAccount[] = context.activity.membersAdded ?? []
      for (const member of membersAdded) {
        if (member.id !== context.activity.recipient.id) {
          const activity: Partial<Activity> = MessageFactory.text('Hello and welcome!', 'Hello and welcome!')
          await context.sendActivity(activity)
        }
      }
      await next()
    })
  }
}

const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(process.env as ConfigurationBotFrameworkAuthenticationOptions),
)

const onTurnErrorHandler = async (context: TurnContext, error: Error): Promise<void> => {
  console.error(`[onTurnError] unhandled error: ${error.message}`)
  await context.sendActivity('The bot encountered an error or bug.')
}
adapter.onTurnError = onTurnErrorHandler

const bot = new EchoBot()

async function readBody(req: http.IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>
}

function asResponse(res: http.ServerResponse): Response {
  return {
    socket: res.socket,
    status: (code: number) => (res.statusCode = code),
    header: (name: string, value: unknown) => res.setHeader(name, String(value)),
    send: (body: unknown) => res.write(typeof body === 'string' ? body : JSON.stringify(body)),
    end: () => res.end(),
  }
}

http
  .createServer((req, res) => {
    void readBody(req).then((body) => {
      const headers: Record<string, string | string[] | undefined> = req.headers
      const request: Request = { body, headers, method: req.method }
      return adapter.process(request, asResponse(res), (context) => bot.run(context))
    })
  })
  .listen(process.env.PORT ?? 3978)
