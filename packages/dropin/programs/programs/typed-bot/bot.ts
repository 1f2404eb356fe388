import { createServer, IncomingMessage, ServerResponse } from 'http'
import {
  AutoSaveStateMiddleware,
  BotAdapter,
  BotState,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  Request,
  Response,
  StoreItems,
  TelemetryLoggerMiddleware,
  TranscriptLoggerMiddleware,
  TurnContext,
  UserState,
} from 'botbuilder'
import { AuthenticationConfiguration, Claim, ClaimsIdentity, ConnectorClient } from 'botframework-connector'
import { CountingMiddleware, EventsClient, LinesLogger, timing } from './middleware'
import { TypedTeamsBot } from './teams-bot'

class PreloadedStorage extends MemoryStorage {
  override async read(keys: string[]): Promise<StoreItems> {
    const items: StoreItems = await super.read(keys)
    return items
  }
}

const storage = new PreloadedStorage()
const states: BotState[] = [new ConversationState(storage), new UserState(storage)]
const [conversationState, userState] = states as [ConversationState, UserState]
const counting = new CountingMiddleware()
const logger = new LinesLogger()
const client = new EventsClient()
const configuration = new AuthenticationConfiguration([], async (claims: Claim[]) => {
  if (claims.length > 100) throw new Error('too many')
})
const adapter: CloudAdapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication({}, undefined, configuration),
)
const base: BotAdapter = adapter
base.use(counting, timing).use(new TranscriptLoggerMiddleware(logger), new TelemetryLoggerMiddleware(client, false))
adapter.use(new AutoSaveStateMiddleware(...states))
const previous = adapter.onTurnError
adapter.onTurnError = async (context: TurnContext, error: Error): Promise<void> => {
  await previous?.(context, error)
  await context.sendActivity(error.message)
}
const bot = new TypedTeamsBot(conversationState, userState)

async function onTurn(context: TurnContext): Promise<void> {
  const identity = context.turnState.get<ClaimsIdentity>(adapter.BotIdentityKey)
  const connector = context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey)
  if (context.activity.text === 'inspect') {
    const started: number = context.turnState.get('started')
    const { counts } = counting
    const value = {
      counts,
      claims: identity?.claims.length ?? 0,
      base: typeof connector?.conversations.sendToConversation,
      started: started > 0,
      lines: logger.lines,
      events: client.names,
    }
    await context.sendActivity({ type: 'message', value })
    return
  }
  await bot.run(context)
}

async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const request: Request = {
    body: JSON.parse(Buffer.concat(chunks).toString()),
    headers: req.headers,
    method: req.method,
  }
  const response: Response = {
    socket: res.socket,
    status: (code: number) => res.writeHead(code, { 'content-type': 'application/json' }),
    header: () => undefined,
    send: (body: unknown) => res.write(JSON.stringify(body)),
    end: () => res.end(),
  }
  await adapter.process(request, response, onTurn)
}

createServer((req, res) => {
  handle(req, res).catch((error: Error) => console.error(error.message))
}).listen(process.env.PORT)
