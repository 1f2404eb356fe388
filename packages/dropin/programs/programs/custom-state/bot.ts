import { createServer, IncomingMessage, ServerResponse } from 'http'
import { mkdtempSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import {
  ActivityHandler,
  BotState,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  StatePropertyAccessor,
  Storage,
  TurnContext,
} from 'botbuilder'
import { FileStorage } from './file-storage'

/** State of everybody in a tenant. */
class TenantState extends BotState {
  constructor(storage: Storage) {
    super(storage, async (context) => this.getStorageKey(context))
  }

  getStorageKey(context: TurnContext): string {
    const tenant: string = context.activity.conversation.tenantId || 'none'
    return `tenants/${tenant}`
  }
}

/** Every thread of a channel shares its state. */
class ThreadlessConversationState extends ConversationState {
  getStorageKey(context: TurnContext): string | undefined {
    const { channelId, conversation } = context.activity
    if (conversation.id === 'nowhere') return undefined
    return `${channelId}/${conversation.id.split(';')[0]}`
  }
}

interface Poll {
  yes: number
  no: number
}

class PollBot extends ActivityHandler {
  private readonly poll: StatePropertyAccessor<Poll>
  private readonly last: StatePropertyAccessor<string>

  constructor(
    private readonly tenantState: TenantState,
    private readonly conversationState: ConversationState,
  ) {
    super()
    this.poll = tenantState.createProperty<Poll>('poll')
    this.last = conversationState.createProperty<string>('last')
    this.onMessage(async (context, next) => {
      const poll = await this.poll.get(context, { yes: 0, no: 0 })
      const before: string | undefined = await this.last.get(context)
      if (context.activity.text === 'yes') poll.yes += 1
      if (context.activity.text === 'no') poll.no += 1
      await this.last.set(context, context.activity.text)
      await context.sendActivity(`${poll.yes}:${poll.no}, before: ${before ?? 'nothing'}`)
      await next()
    })
  }

  async run(context: TurnContext): Promise<void> {
    await super.run(context)
    await this.tenantState.saveChanges(context)
    await this.conversationState.saveChanges(context)
  }
}

const storage = new FileStorage(mkdtempSync(join(tmpdir(), 'custom-state-')))
const bot = new PollBot(new TenantState(storage), new ThreadlessConversationState(storage))
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication())
adapter.onTurnError = async (context: TurnContext, error: Error) => {
  await context.sendActivity(`Error: ${error.message}`)
}

async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
  let text = ''
  for await (const chunk of req) text += String(chunk)
  const { headers, method } = req
  await adapter.process(
    { body: JSON.parse(text), headers: headers as Record<string, string | string[] | undefined>, method },
    {
      socket: req.socket,
      status: (code) => res.writeHead(code, { 'content-type': 'application/json' }),
      header: (name, value) => res.setHeader(name, value as string),
      send: (body) => res.write(JSON.stringify(body)),
      end: () => res.end(),
    },
    (context) => bot.run(context),
  )
}

createServer((req, res) => void serve(req, res)).listen(Number(process.env.PORT))
