import {
  AdaptiveCardInvokeResponse,
  AdaptiveCardInvokeValue,
  AppBasedLinkQuery,
  Attachment,
  CardAction,
  CardFactory,
  ChannelInfo,
  ConversationState,
  FileConsentCardResponse,
  HeroCard,
  InvokeResponse,
  Mention,
  MessageFactory,
  MessagingExtensionAction,
  MessagingExtensionActionResponse,
  MessagingExtensionAttachment,
  MessagingExtensionQuery,
  MessagingExtensionResponse,
  SigninStateVerificationQuery,
  StatePropertyAccessor,
  TaskModuleRequest,
  TaskModuleResponse,
  TeamInfo,
  TeamsActivityHandler,
  TeamsChannelAccount,
  TeamsChannelData,
  TeamsInfo,
  TeamsPagedMembersResult,
  TurnContext,
  UserState,
} from 'botbuilder'

interface Preferences {
  language?: 'en' | 'de'
  readonly seen: string[]
}

export class TypedTeamsBot extends TeamsActivityHandler {
  private readonly preferences: StatePropertyAccessor<Preferences>

  constructor(
    private readonly conversationState: ConversationState,
    private readonly userState: UserState,
  ) {
    super()
    this.preferences = userState.createProperty<Preferences>('preferences')
    this.onMessage(async (context, next) => this.hear(context).then(next))
    this.onTeamsMembersAddedEvent(
      async (members: TeamsChannelAccount[], team: TeamInfo, context: TurnContext, next: () => Promise<void>) => {
        await context.sendActivity(
          `${members.map(({ userPrincipalName }) => userPrincipalName ?? '?').join()} in ${team?.name}`,
        )
        await next()
      },
    )
    this.onTeamsChannelCreatedEvent(async (channel: ChannelInfo, team: TeamInfo, context, next) => {
      await context.sendActivity(`${channel.name} of ${team.name}`)
      await next()
    })
  }

  override async run(context: TurnContext): Promise<void> {
    await super.run(context)
    await Promise.all([this.conversationState.saveChanges(context, false), this.userState.saveChanges(context, false)])
  }

  private async hear(context: TurnContext): Promise<void> {
    const preferences: Preferences = await this.preferences.get(context, { seen: [] })
    preferences.seen.push(context.activity.text)
    const channelData: TeamsChannelData = context.activity.channelData ?? {}
    const mention: Mention = {
      mentioned: context.activity.from,
      text: `<at>${context.activity.from.name}</at>`,
      type: 'mention',
    }
    const message = MessageFactory.text(
      `${mention.text} ${preferences.seen.length} ${channelData.tenant?.id ?? 'none'}`,
    )
    message.entities = [mention]
    await context.sendActivity(message)
    if (context.activity.text === 'members') {
      const page: TeamsPagedMembersResult = await TeamsInfo.getPagedMembers(context, 10)
      await context.sendActivity(page.members.map(({ name }: TeamsChannelAccount) => name).join())
    }
  }

  protected override async handleTeamsMessagingExtensionQuery(
    _context: TurnContext,
    query: MessagingExtensionQuery,
  ): Promise<MessagingExtensionResponse> {
    const title = String(query.parameters?.[0]?.value ?? '')
    const preview: Attachment = CardFactory.thumbnailCard(title)
    const attachment: MessagingExtensionAttachment = { ...CardFactory.heroCard(title), preview }
    return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [attachment] } }
  }

  protected override async handleTeamsMessagingExtensionFetchTask(
    _context: TurnContext,
    action: MessagingExtensionAction,
  ): Promise<MessagingExtensionActionResponse> {
    return { task: { type: 'message', value: action.commandId ?? '' } }
  }

  protected override async handleTeamsAppBasedLinkQuery(
    _context: TurnContext,
    query: AppBasedLinkQuery,
  ): Promise<MessagingExtensionResponse> {
    const actions: CardAction[] = [{ type: 'openUrl', title: 'Open', value: query.url }]
    const content: Partial<HeroCard> = { title: 'Link', text: query.url, images: [], buttons: actions }
    return {
      composeExtension: {
        type: 'result',
        attachmentLayout: 'list',
        attachments: [{ contentType: CardFactory.contentTypes.heroCard, content }],
      },
    }
  }

  protected override async handleTeamsTaskModuleFetch(
    _context: TurnContext,
    request: TaskModuleRequest,
  ): Promise<TaskModuleResponse> {
    return {
      task: {
        type: 'continue',
        value: { title: 'Task', height: 'small', width: 100, url: `https://example.com/${request.data}` },
      },
    }
  }

  protected override async handleTeamsFileConsentAccept(
    context: TurnContext,
    fileConsentCardResponse: FileConsentCardResponse,
  ): Promise<void> {
    await context.sendActivity(`to ${fileConsentCardResponse.uploadInfo?.uploadUrl}`)
  }

  protected override async handleTeamsSigninVerifyState(
    context: TurnContext,
    query: SigninStateVerificationQuery,
  ): Promise<void> {
    await context.sendActivity(`state ${query.state}`)
  }

  protected override async onAdaptiveCardInvoke(
    _context: TurnContext,
    invokeValue: AdaptiveCardInvokeValue,
  ): Promise<AdaptiveCardInvokeResponse> {
    return {
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: { verb: invokeValue.action.verb },
    }
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    if (context.activity.name === 'own') return { status: 200, body: { own: true } }
    return super.onInvokeActivity(context)
  }
}
