import {
  Activity,
  ActivityTypes,
  CloudAdapter,
  ConversationState,
  InvokeResponse,
  MessageFactory,
  ResourceResponse,
  TurnContext,
} from 'botbuilder'
import { AuthenticateRequestResult, BotFrameworkAuthentication } from 'botframework-connector'

export class AdapterWithErrorHandler extends CloudAdapter {
  public sentCount = 0
  public readonly seen: string[] = []

  public constructor(
    auth: BotFrameworkAuthentication,
    private readonly conversationState: ConversationState,
  ) {
    super(auth)
    this.onTurnError = this.handleError.bind(this)
  }

  public override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    for (const activity of activities) {
      if (activity.type === ActivityTypes.Message)
        activity.channelData = { ...activity.channelData, number: ++this.sentCount }
    }
    return super.sendActivities(context, activities)
  }

  protected override async processActivity(
    authHeader: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined>
  protected override async processActivity(
    authenticateRequestResult: AuthenticateRequestResult,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined>
  protected override async processActivity(
    authenticationResult: string | AuthenticateRequestResult,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    this.seen.push(activity.type)
    return super.processActivity(authenticationResult as string, activity, logic)
  }

  private async handleError(context: TurnContext, error: Error): Promise<void> {
    console.error(`\n [onTurnError] unhandled error: ${error.message}`)
    await context.sendTraceActivity(
      'OnTurnError Trace',
      `${error.message}`,
      'https://www.botframework.com/schemas/error',
      'TurnError',
    )
    const message = MessageFactory.text('Something went wrong.', 'Something went wrong.', 'ignoringInput')
    await context.sendActivity(message)
    await this.conversationState.delete(context)
  }
}
