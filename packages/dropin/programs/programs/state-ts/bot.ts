import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  ActivityTypes,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  MemoryStorage,
  MessageFactory,
  TurnContext,
  type Activity,
  type Middleware,
  type Response,
} from 'botbuilder'
import { type Basket, Baskets } from './basket.js'

class SavesState implements Middleware {
  constructor(private readonly state: ConversationState) {}

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    await this.state.load(context, true)
    await next()
    await this.state.saveChanges(context)
  }
}

const conversationState = new ConversationState(new MemoryStorage())
const baskets = new Baskets(conversationState.createProperty<Basket>('basket'))
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.use(new SavesState(conversationState))

async function onTurn(context: TurnContext): Promise<void> {
  if (context.activity.type !== ActivityTypes.Message) return
  const text = TurnContext.removeRecipientMention(context.activity) ?? context.activity.text
  const [command = '', what = ''] = text.split(' ')
  if (command === 'put') {
    const count = await baskets.put(context, what)
    await context.sendActivity(`That makes ${count}.`)
  } else if (command === 'drop') {
    await baskets.drop(context)
    await context.sendActivity('Dropped.')
  } else {
    const reply: Partial<Activity> = MessageFactory.text(await baskets.list(context))
    reply.summary = 'Your basket'
    await context.sendActivity(reply)
  }
}

const answer = (res: ServerResponse): Response => ({
  socket: res.socket,
  status(code: number) {
    res.statusCode = code
    return this
  },
  header: (name: string, value: unknown) => res.setHeader(name, String(value)),
  send: (body: unknown) => res.write(JSON.stringify(body)),
  end: () => res.end(),
})

async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const chunks: Uint8Array[] = []
  for await (const chunk of req) chunks.push(chunk)
  const body = JSON.parse(Buffer.concat(chunks).toString())
  await adapter.process({ body, headers: { ...req.headers }, method: req.method }, answer(res), onTurn)
}

createServer((req, res) => void serve(req, res)).listen(process.env['PORT'])
