import * as http from 'http'
import {
  ActivityHandler,
  BotFrameworkHttpAdapter,
  ConfigurationServiceClientCredentialFactory,
  ConversationState,
  createBotFrameworkAuthenticationFromConfiguration,
  MemoryStorage,
  Response,
  StatePropertyAccessor,
  StatusCodes,
  TurnContext,
} from 'botbuilder'
import { AdapterWithErrorHandler } from './adapter'

interface Progress {
  step: number
}

class FragileBot extends ActivityHandler {
  private readonly progress: StatePropertyAccessor<Progress>

  constructor(private readonly conversationState: ConversationState) {
    super()
    this.progress = conversationState.createProperty<Progress>('progress')
    this.onMessage(async (context, next) => {
      const progress = await this.progress.get(context, { step: 0 })
      progress.step += 1
      if (context.activity.text === 'break') throw new Error(`broken at ${progress.step}`)
      await context.sendActivity(`step ${progress.step}`)
      await next()
    })
  }

  override async run(context: TurnContext): Promise<void> {
    await super.run(context)
    await this.conversationState.saveChanges(context)
  }
}

const credentials = new ConfigurationServiceClientCredentialFactory({
  MicrosoftAppId: process.env.MicrosoftAppId,
  MicrosoftAppPassword: process.env.MicrosoftAppPassword,
  MicrosoftAppType: process.env.MicrosoftAppType,
})
const conversationState = new ConversationState(new MemoryStorage())
const adapter = new AdapterWithErrorHandler(
  createBotFrameworkAuthenticationFromConfiguration(null, credentials),
  conversationState,
)
const httpAdapter: BotFrameworkHttpAdapter = adapter
const bot = new FragileBot(conversationState)

function respond(res: http.ServerResponse): Response {
  const response: Response = {
    socket: res.socket,
    status: (code: StatusCodes | number) => {
      res.statusCode = code
      return response
    },
    header: (name, value) => res.setHeader(name, `${value}`),
    send: (body) => res.write(JSON.stringify(body)),
    end: () => res.end(),
  }
  return response
}

http
  .createServer(async (req, res) => {
    if (req.url === '/seen') {
      res.end(JSON.stringify(adapter.seen))
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}')
    await httpAdapter.process({ body, headers: req.headers, method: req.method }, respond(res), (context) =>
      bot.run(context),
    )
  })
  .listen(process.env.PORT)
