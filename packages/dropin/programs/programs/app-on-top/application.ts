import {
  ActivityTypes,
  BotAdapter,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  INVOKE_RESPONSE_KEY,
  type Activity,
  type ConversationReference,
  type InvokeResponse,
  type Storage,
  type StoreItem,
  TurnContext,
} from 'botbuilder'
import type { AuthenticationConfiguration, ServiceClientCredentialsFactory } from 'botframework-connector'

/** An adapter that knows its credentials, and tells channels what it is made of. */
export class AppAdapter extends CloudAdapter {
  readonly credentialsFactory: ServiceClientCredentialsFactory

  constructor(appId: string, authConfiguration?: AuthenticationConfiguration) {
    const credentialsFactory = new ConfigurationServiceClientCredentialFactory({ MicrosoftAppId: appId })
    super(new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: appId }, credentialsFactory, authConfiguration))
    this.credentialsFactory = credentialsFactory
  }
}

interface Memory extends StoreItem {
  values: Record<string, unknown>
}

export type Route<TState> = (context: TurnContext, state: TState) => Promise<void>

/** Routes turns, and loads and saves state around them, straight on the storage. */
export class Application<TState extends { conversation: Record<string, unknown> }> {
  private readonly routes: { matches: (context: TurnContext) => boolean; run: Route<TState>; isInvoke: boolean }[] = []

  constructor(
    readonly adapter: BotAdapter,
    private readonly storage: Storage,
  ) {}

  message(keyword: string | RegExp, run: Route<TState>): this {
    const matches = (context: TurnContext): boolean =>
      context.activity.type === ActivityTypes.Message &&
      (typeof keyword === 'string' ? context.activity.text === keyword : keyword.test(context.activity.text))
    this.routes.push({ matches, run, isInvoke: false })
    return this
  }

  taskFetch(verb: string, run: (context: TurnContext, state: TState) => Promise<object>): this {
    this.routes.push({
      matches: ({ activity }) => activity.name === 'task/fetch' && activity.value?.data?.verb === verb,
      run: async (context, state) => {
        const body = await run(context, state)
        const value: InvokeResponse = { status: 200, body }
        if (!context.turnState.get(INVOKE_RESPONSE_KEY)) {
          await context.sendActivity({ value, type: ActivityTypes.InvokeResponse } as Partial<Activity>)
        }
      },
      isInvoke: true,
    })
    return this
  }

  async run(context: TurnContext): Promise<boolean> {
    TurnContext.removeRecipientMention(context.activity)
    const timer = this.startTypingTimer(context)
    try {
      const state = await this.load(context)
      const route = this.routes.find(({ matches }) => matches(context))
      if (!route) return false
      await route.run(context, state)
      await this.save(context, state)
      return true
    } finally {
      clearTimeout(timer)
    }
  }

  /** Works with a turn, an activity or a reference. */
  async sendProactiveActivity(
    source: TurnContext | Partial<ConversationReference>,
    activity: string | Partial<Activity>,
  ): Promise<string> {
    const reference = source instanceof TurnContext ? TurnContext.getConversationReference(source.activity) : source
    let id = ''
    await (this.adapter as CloudAdapter).continueConversationAsync('', reference, async (context) => {
      const response = await context.sendActivity(activity)
      id = response?.id ?? ''
    })
    return id
  }

  private startTypingTimer(context: TurnContext): NodeJS.Timeout | undefined {
    if (context.activity.type !== ActivityTypes.Message) return undefined
    context.onSendActivities(async (_context, activities, next) => {
      if (activities.some(({ type }) => type === ActivityTypes.Message)) clearTimeout(timer)
      return next()
    })
    const timer = setTimeout(() => void context.sendActivity({ type: ActivityTypes.Typing }), 1000)
    return timer
  }

  private key({ activity }: TurnContext): string {
    return `${activity.channelId}/${activity.recipient.id}/conversations/${activity.conversation.id}`
  }

  private async load(context: TurnContext): Promise<TState> {
    const key = this.key(context)
    const items = await this.storage.read([key])
    return { conversation: (items[key] as Memory | undefined)?.values ?? {} } as TState
  }

  private async save(context: TurnContext, state: TState): Promise<void> {
    const memory: Memory = { values: state.conversation, eTag: '*' }
    await this.storage.write({ [this.key(context)]: memory })
  }
}
