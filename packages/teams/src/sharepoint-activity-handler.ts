import { ActivityHandler, NotImplementedError, StatusCodes } from '@parley/core'
import type { InvokeResponse, OpenValue, TurnContext } from '@parley/core'
import type { AceRequest } from './models/sharepoint/ace-data.ts'
import type {
  CardViewResponse,
  HandleActionResponse,
  QuickViewResponse,
  SetPropertyPaneConfigurationResponse,
} from './models/sharepoint/ace-responses.ts'
import type { GetPropertyPaneConfigurationResponse } from './models/sharepoint/property-pane.ts'
import { sharePointTokenExchange } from './sharepoint-sso-token-exchange-middleware.ts'
import { answerBadRequest } from './teams-errors.ts'

/**
 * The base of a bot behind an Adaptive Card Extension in SharePoint: answers each of its invokes through a method to override.
 * What a method returns is the body of the answer; a method that is not overridden answers 501. An error with the message
 * `BadRequest` answers 400, an `InvokeException` what it says.
 */
export class SharePointActivityHandler extends ActivityHandler {
  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    return answerBadRequest(
      () => super.onInvokeActivity(context),
      () => ({ status: StatusCodes.BAD_REQUEST }),
    )
  }

  protected override async dispatchInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const { name, value } = context.activity
    switch (name) {
      case 'cardExtension/getCardView':
        return ok(await this.onSharePointTaskGetCardViewAsync(context, value))
      case 'cardExtension/getQuickView':
        return ok(await this.onSharePointTaskGetQuickViewAsync(context, value))
      case 'cardExtension/getPropertyPaneConfiguration':
        return ok(await this.onSharePointTaskGetPropertyPaneConfigurationAsync(context, value))
      case 'cardExtension/setPropertyPaneConfiguration':
        return ok(await this.onSharePointTaskSetPropertyPaneConfigurationAsync(context, value))
      case 'cardExtension/handleAction':
        return ok(await this.onSharePointTaskHandleActionAsync(context, value))
      case sharePointTokenExchange:
        await this.onSignInInvoke(context)
        return ok()
      default:
        return super.dispatchInvokeActivity(context)
    }
  }

  /** The dashboard shows the card. */
  protected async onSharePointTaskGetCardViewAsync(
    _context: TurnContext,
    _aceRequest: AceRequest,
  ): Promise<CardViewResponse> {
    throw new NotImplementedError()
  }

  /** A user opens a quick view. */
  protected async onSharePointTaskGetQuickViewAsync(
    _context: TurnContext,
    _aceRequest: AceRequest,
  ): Promise<QuickViewResponse> {
    throw new NotImplementedError()
  }

  /** An author opens the settings of the card. */
  protected async onSharePointTaskGetPropertyPaneConfigurationAsync(
    _context: TurnContext,
    _aceRequest: AceRequest,
  ): Promise<GetPropertyPaneConfigurationResponse> {
    throw new NotImplementedError()
  }

  /** An author changes the settings of the card. */
  protected async onSharePointTaskSetPropertyPaneConfigurationAsync(
    _context: TurnContext,
    _aceRequest: AceRequest,
  ): Promise<SetPropertyPaneConfigurationResponse> {
    throw new NotImplementedError()
  }

  /** A user pressed a button. */
  protected async onSharePointTaskHandleActionAsync(
    _context: TurnContext,
    _aceRequest: AceRequest,
  ): Promise<HandleActionResponse> {
    throw new NotImplementedError()
  }

  /** A sign-in came back. */
  protected override async onSignInInvoke(_context: TurnContext): Promise<void> {
    throw new NotImplementedError()
  }
}

function ok(body?: OpenValue): InvokeResponse {
  return { status: StatusCodes.OK, body }
}
