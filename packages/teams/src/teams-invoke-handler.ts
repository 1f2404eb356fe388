import {
  ActivityHandler,
  Channels,
  NotImplementedError,
  StatusCodes,
  tokenExchangeOperationName,
  verifyStateOperationName,
} from '@parley/core'
import type { Activity, InvokeResponse, OpenValue, TurnContext } from '@parley/core'
import type { ConfigResponse } from './models/bot-config.ts'
import type { FileConsentCardResponse } from './models/files.ts'
import type {
  AppBasedLinkQuery,
  MessagingExtensionAction,
  MessagingExtensionActionResponse,
  MessagingExtensionQuery,
  MessagingExtensionResponse,
} from './models/messaging-extensions.ts'
import type { O365ConnectorCardActionQuery, SigninStateVerificationQuery } from './models/sign-in-queries.ts'
import type { TabRequest, TabResponse, TabSubmit } from './models/tabs.ts'
import type { TaskModuleRequest, TaskModuleResponse } from './models/task-modules.ts'
import { answerBadRequest, InvokeValueError } from './teams-errors.ts'
import type { MessageSubmitAction, SigninFailure } from './teams-invoke-values.ts'

/**
 * Answers the invokes of Microsoft Teams, each through a method to override. What a method returns is the body of the answer;
 * a method that is not overridden answers 501. To answer something else throw an `InvokeException`; an error with the message
 * `NotImplemented` answers 501, one with `BadRequest` 400.
 */
export class TeamsInvokeHandler extends ActivityHandler {
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    return answerBadRequest(
      () => super.onInvokeActivity(context),
      () => ({ status: StatusCodes.BAD_REQUEST }),
    )
  }

  protected override async dispatchInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const { activity } = context
    if (!activity.name && activity.channelId === Channels.Msteams) return this.handleTeamsCardActionInvoke(context)
    const { value } = activity
    switch (invokeNameOf(activity)) {
      case 'config/fetch':
        return ok(await this.handleTeamsConfigFetch(context, value))
      case 'config/submit':
        return ok(await this.handleTeamsConfigSubmit(context, value))
      case 'fileConsent/invoke':
        return ok(await this.handleTeamsFileConsent(context, value))
      case 'actionableMessage/executeAction':
        await this.handleTeamsO365ConnectorCardAction(context, value)
        return ok()
      case 'composeExtension/queryLink':
        return ok(await this.handleTeamsAppBasedLinkQuery(context, value))
      case 'composeExtension/anonymousQueryLink':
        return ok(await this.handleTeamsAnonymousAppBasedLinkQuery(context, value))
      case 'composeExtension/query':
        return ok(await this.handleTeamsMessagingExtensionQuery(context, value))
      case 'composeExtension/selectItem':
        return ok(await this.handleTeamsMessagingExtensionSelectItem(context, value))
      case 'composeExtension/submitAction':
        return ok(await this.handleTeamsMessagingExtensionSubmitActionDispatch(context, value))
      case 'composeExtension/fetchTask':
        return ok(await this.handleTeamsMessagingExtensionFetchTask(context, value))
      case 'composeExtension/querySettingUrl':
        return ok(await this.handleTeamsMessagingExtensionConfigurationQuerySettingUrl(context, value))
      case 'composeExtension/setting':
        await this.handleTeamsMessagingExtensionConfigurationSetting(context, value)
        return ok()
      case 'composeExtension/onCardButtonClicked':
        await this.handleTeamsMessagingExtensionCardButtonClicked(context, value)
        return ok()
      case 'task/fetch':
        return ok(await this.handleTeamsTaskModuleFetch(context, value))
      case 'task/submit':
        return ok(await this.handleTeamsTaskModuleSubmit(context, value))
      case 'tab/fetch':
        return ok(await this.handleTeamsTabFetch(context, value))
      case 'tab/submit':
        return ok(await this.handleTeamsTabSubmit(context, value))
      case 'message/fetchTask':
        return ok(await this.handleTeamsMessageFetchTask(context, value))
      case 'message/submitAction':
        await this.handleTeamsMessageSubmitAction(context, value)
        return ok()
      case 'signin/failure':
        await this.handleTeamsSigninFailure(context, value)
        return ok()
      case 'handoff/action':
        await this.handleTeamsHandoff(context, value?.continuation ?? value?.Continuation)
        return ok()
      default:
        return super.dispatchInvokeActivity(context)
    }
  }

  /** A card action without a name; what it returns is the whole answer, status included. */
  protected async handleTeamsCardActionInvoke(_context: TurnContext): Promise<InvokeResponse> {
    throw new NotImplementedError()
  }

  /** `config/fetch`: a user opens the settings of the bot. */
  protected async handleTeamsConfigFetch(_context: TurnContext, _configData: OpenValue): Promise<ConfigResponse> {
    throw new NotImplementedError()
  }

  /** `config/submit`: a user saves the settings of the bot. */
  protected async handleTeamsConfigSubmit(_context: TurnContext, _configData: OpenValue): Promise<ConfigResponse> {
    throw new NotImplementedError()
  }

  /** `fileConsent/invoke`: goes on to the method for what the user decided. */
  protected async handleTeamsFileConsent(
    context: TurnContext,
    fileConsentCardResponse: FileConsentCardResponse,
  ): Promise<void> {
    switch (fileConsentCardResponse?.action) {
      case 'accept':
        return this.handleTeamsFileConsentAccept(context, fileConsentCardResponse)
      case 'decline':
        return this.handleTeamsFileConsentDecline(context, fileConsentCardResponse)
      default:
        throw new InvokeValueError()
    }
  }

  /** The user lets the bot upload the file; `uploadInfo` says where to. */
  protected async handleTeamsFileConsentAccept(
    _context: TurnContext,
    _fileConsentCardResponse: FileConsentCardResponse,
  ): Promise<void> {
    throw new NotImplementedError()
  }

  /** The user does not let the bot upload the file. */
  protected async handleTeamsFileConsentDecline(
    _context: TurnContext,
    _fileConsentCardResponse: FileConsentCardResponse,
  ): Promise<void> {
    throw new NotImplementedError()
  }

  /** `actionableMessage/executeAction`: a user pressed a button of a connector card. */
  protected async handleTeamsO365ConnectorCardAction(
    _context: TurnContext,
    _query: O365ConnectorCardActionQuery,
  ): Promise<void> {
    throw new NotImplementedError()
  }

  /** Goes on to the method for the kind of sign-in. */
  protected override async onSignInInvoke(context: TurnContext): Promise<void> {
    const { name, value } = context.activity
    switch (name) {
      case verifyStateOperationName:
        return this.handleTeamsSigninVerifyState(context, value)
      case tokenExchangeOperationName:
        return this.handleTeamsSigninTokenExchange(context, value)
      default:
        throw new NotImplementedError()
    }
  }

  /** `signin/verifyState`: a user came back from the sign-in page. Usually the place to continue dialogs. */
  protected async handleTeamsSigninVerifyState(
    _context: TurnContext,
    _query: SigninStateVerificationQuery,
  ): Promise<void> {
    throw new NotImplementedError()
  }

  /** `signin/tokenExchange`: single sign-on; the value is a `TokenExchangeInvokeRequest`. */
  protected async handleTeamsSigninTokenExchange(
    _context: TurnContext,
    _query: SigninStateVerificationQuery,
  ): Promise<void> {
    throw new NotImplementedError()
  }

  /** `signin/failure`: single sign-on failed on the client. Answered with 200 unless overridden. */
  protected async handleTeamsSigninFailure(_context: TurnContext, _failure: SigninFailure): Promise<void> {}

  /** `composeExtension/onCardButtonClicked`: a user pressed a button of a card from a message extension. */
  protected async handleTeamsMessagingExtensionCardButtonClicked(
    _context: TurnContext,
    _cardData: OpenValue,
  ): Promise<void> {
    throw new NotImplementedError()
  }

  /** `task/fetch`: a user opens a dialog. */
  protected async handleTeamsTaskModuleFetch(
    _context: TurnContext,
    _taskModuleRequest: TaskModuleRequest,
  ): Promise<TaskModuleResponse> {
    throw new NotImplementedError()
  }

  /** `task/submit`: a user submits a dialog. An answer without a body closes it. */
  protected async handleTeamsTaskModuleSubmit(
    _context: TurnContext,
    _taskModuleRequest: TaskModuleRequest,
  ): Promise<TaskModuleResponse> {
    throw new NotImplementedError()
  }

  /** `tab/fetch`: a user opens a tab made of cards. */
  protected async handleTeamsTabFetch(_context: TurnContext, _tabRequest: TabRequest): Promise<TabResponse> {
    throw new NotImplementedError()
  }

  /** `tab/submit`: a user submits a card of a tab. */
  protected async handleTeamsTabSubmit(_context: TurnContext, _tabSubmit: TabSubmit): Promise<TabResponse> {
    throw new NotImplementedError()
  }

  /** `composeExtension/queryLink`: a user pastes a link the app has asked for. */
  protected async handleTeamsAppBasedLinkQuery(
    _context: TurnContext,
    _query: AppBasedLinkQuery,
  ): Promise<MessagingExtensionResponse> {
    throw new NotImplementedError()
  }

  /** `composeExtension/anonymousQueryLink`: somebody pastes such a link who has not installed the app. */
  protected async handleTeamsAnonymousAppBasedLinkQuery(
    _context: TurnContext,
    _query: AppBasedLinkQuery,
  ): Promise<MessagingExtensionResponse> {
    throw new NotImplementedError()
  }

  /** `composeExtension/query`: a user searches in a message extension. */
  protected async handleTeamsMessagingExtensionQuery(
    _context: TurnContext,
    _query: MessagingExtensionQuery,
  ): Promise<MessagingExtensionResponse> {
    throw new NotImplementedError()
  }

  /** `composeExtension/selectItem`: a user chose a result; the query is the value of its tap action. */
  protected async handleTeamsMessagingExtensionSelectItem(
    _context: TurnContext,
    _query: OpenValue,
  ): Promise<MessagingExtensionResponse> {
    throw new NotImplementedError()
  }

  /** `composeExtension/submitAction`: goes on to the method for a first submission, an edited or an accepted preview. */
  protected async handleTeamsMessagingExtensionSubmitActionDispatch(
    context: TurnContext,
    action: MessagingExtensionAction,
  ): Promise<MessagingExtensionActionResponse> {
    if (!action?.botMessagePreviewAction) return this.handleTeamsMessagingExtensionSubmitAction(context, action)
    switch (action.botMessagePreviewAction) {
      case 'edit':
        return this.handleTeamsMessagingExtensionBotMessagePreviewEdit(context, action)
      case 'send':
        return this.handleTeamsMessagingExtensionBotMessagePreviewSend(context, action)
      default:
        throw new InvokeValueError()
    }
  }

  /** A user submits the dialog of a message extension. */
  protected async handleTeamsMessagingExtensionSubmitAction(
    _context: TurnContext,
    _action: MessagingExtensionAction,
  ): Promise<MessagingExtensionActionResponse> {
    throw new NotImplementedError()
  }

  /** A user wants to change the previewed message. */
  protected async handleTeamsMessagingExtensionBotMessagePreviewEdit(
    _context: TurnContext,
    _action: MessagingExtensionAction,
  ): Promise<MessagingExtensionActionResponse> {
    throw new NotImplementedError()
  }

  /** A user wants the previewed message to be sent. */
  protected async handleTeamsMessagingExtensionBotMessagePreviewSend(
    _context: TurnContext,
    _action: MessagingExtensionAction,
  ): Promise<MessagingExtensionActionResponse> {
    throw new NotImplementedError()
  }

  /** `composeExtension/fetchTask`: a user opens the dialog of a message extension. */
  protected async handleTeamsMessagingExtensionFetchTask(
    _context: TurnContext,
    _action: MessagingExtensionAction,
  ): Promise<MessagingExtensionActionResponse> {
    throw new NotImplementedError()
  }

  /** `composeExtension/querySettingUrl`: where a user configures the message extension. */
  protected async handleTeamsMessagingExtensionConfigurationQuerySettingUrl(
    _context: TurnContext,
    _query: MessagingExtensionQuery,
  ): Promise<MessagingExtensionResponse> {
    throw new NotImplementedError()
  }

  /** `composeExtension/setting`: what a user configured. */
  protected async handleTeamsMessagingExtensionConfigurationSetting(
    _context: TurnContext,
    _settings: OpenValue,
  ): Promise<void> {
    throw new NotImplementedError()
  }

  /** `message/fetchTask`: a user opens the bot's own feedback form. */
  protected async handleTeamsMessageFetchTask(
    _context: TurnContext,
    _request: TaskModuleRequest,
  ): Promise<TaskModuleResponse> {
    throw new NotImplementedError()
  }

  /** `message/submitAction`: a user gives feedback on a message. */
  protected async handleTeamsMessageSubmitAction(_context: TurnContext, _action: MessageSubmitAction): Promise<void> {
    throw new NotImplementedError()
  }

  /** `handoff/action`: a conversation of another host is handed to this bot. */
  protected async handleTeamsHandoff(_context: TurnContext, _continuation: string): Promise<void> {
    throw new NotImplementedError()
  }
}

/** Clients differ in how they write this one. */
function invokeNameOf({ name }: Activity): string | undefined {
  return name?.toLowerCase() === 'fileconsent/invoke' ? 'fileConsent/invoke' : name
}

function ok(body?: OpenValue): InvokeResponse {
  return { status: StatusCodes.OK, body }
}
