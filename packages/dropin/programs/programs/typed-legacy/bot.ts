import * as assert from 'assert'
import * as restify from 'restify'
import {
  Activity,
  ActivityHandler,
  ActivityTypes,
  BotFrameworkAdapter,
  BotFrameworkAdapterSettings,
  BotFrameworkSkill,
  ConversationReference,
  ConversationState,
  MemoryStorage,
  MiddlewareSet,
  ResourceResponse,
  SkillConversationIdFactory,
  SkillHttpClient,
  StatePropertyAccessor,
  TestAdapter,
  TestFlow,
  TranscriptLoggerMiddleware,
  TurnContext,
  WebRequest,
  WebResponse,
} from 'botbuilder'
import { MicrosoftAppCredentials, SimpleCredentialProvider } from 'botframework-connector'
import { ListTranscripts } from './list-transcripts'

const transcripts = new ListTranscripts()

class OwnAdapter extends BotFrameworkAdapter {
  public contexts = 0

  public constructor(settings: Partial<BotFrameworkAdapterSettings>) {
    super(settings)
    assert.ok(this.credentials instanceof MicrosoftAppCredentials)
    assert.strictEqual(this.settings.appId, settings.appId)
  }

  public override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const marked = activities.map((activity) => ({ ...activity, label: 'own' }))
    return super.sendActivities(context, marked)
  }

  protected override createContext(request: Partial<Activity>): TurnContext {
    this.contexts += 1
    const context = super.createContext(request)
    context.turnState.set('number', this.contexts)
    return context
  }
}

class LegacyBot extends ActivityHandler {
  private readonly names: StatePropertyAccessor<string[]>

  public constructor(private readonly state: ConversationState) {
    super()
    this.names = state.createProperty('names')
    this.onMessage(async (context, next) => {
      const names = await this.names.get(context, [])
      names.push(context.activity.text)
      if (context.activity.text === 'history') await context.sendActivity(await this.history(context))
      else if (context.activity.text === 'skill') await context.sendActivity(await this.askSkill(context))
      else await context.sendActivity(`${names.join()} in turn ${context.turnState.get('number')}`)
      await next()
    })
  }

  public override async run(context: TurnContext): Promise<void> {
    await super.run(context)
    await this.state.saveChanges(context)
  }

  private async history({ activity }: TurnContext): Promise<string> {
    const texts: string[] = []
    let continuationToken: string | undefined
    do {
      const page = await transcripts.getTranscriptActivities(
        activity.channelId,
        activity.conversation.id,
        continuationToken,
      )
      texts.push(...page.items.map(({ text }) => text))
      continuationToken = page.continuationToken
    } while (continuationToken)
    return texts.join(' / ')
  }

  private async askSkill(context: TurnContext): Promise<string> {
    const client = new SkillHttpClient(
      new SimpleCredentialProvider('', ''),
      new SkillConversationIdFactory(new MemoryStorage()),
    )
    const { serviceUrl } = context.activity
    const skill: BotFrameworkSkill = { id: 's', appId: 'skill', skillEndpoint: `${serviceUrl}skill` }
    const response = await client.postToSkill<{ said: string }>(
      'audience',
      '',
      skill,
      `${serviceUrl}callback`,
      context.activity,
    )
    return `${response.status} ${response.body?.said}`
  }
}

const adapter = new OwnAdapter({ appId: '', appPassword: '' })
adapter.use(new MiddlewareSet(new TranscriptLoggerMiddleware(transcripts)))
adapter.onTurnError = async (context: TurnContext, error: Error): Promise<void> => {
  await context.sendActivity(error.message)
}
const bot = new LegacyBot(new ConversationState(new MemoryStorage()))

async function selfTest(): Promise<string> {
  const conversation: ConversationReference = TestAdapter.createConversation('typed')
  const testAdapter = new TestAdapter(async (context: TurnContext): Promise<void> => bot.run(context), undefined, false)
  assert.strictEqual(conversation.conversation.id, 'typed')
  const flow: TestFlow = testAdapter
    .test('one', 'one in turn undefined')
    .send({ type: ActivityTypes.Message, text: 'two' })
    .assertReply((activity: Partial<Activity>) => assert.strictEqual(activity.text, 'one,two in turn undefined'))
  await flow.startTest()
  return 'all passed'
}

const server = restify.createServer()
server.post('/api/messages', (req: WebRequest, res: WebResponse, next: (error?: Error) => void) => {
  adapter
    .processActivity(req, res, async (context) => bot.run(context))
    .catch((error: Error) => console.log(error.message))
    .then(() => next())
})
server.get('/self-test', (_req, res, next) => {
  selfTest()
    .catch((error: Error) => error.message)
    .then((result) => res.send(result))
    .then(() => next())
})
server.listen(process.env.PORT)
