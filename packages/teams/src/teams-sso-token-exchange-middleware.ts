import { Channels, tokenExchangeOperationName } from '@parley/core'
import type { Middleware, TurnContext } from '@parley/core'
import type { Storage } from '@parley/state'
import { checkSsoOptions, passesTokenExchange } from './sso-token-exchange.ts'
import type { SsoOptions } from './sso-token-exchange.ts'

/**
 * Finishes single sign-on in Teams: exchanges the token of `signin/tokenExchange` and lets the bot see the invoke once, though
 * Teams sends it from each device the user is signed in on. Add it before the bot's state is loaded.
 *
 * The storage must be shared by all hosts of the bot. It gets one small item for each sign-in, which is never removed.
 *
 * @see https://learn.microsoft.com/microsoftteams/platform/bots/how-to/authentication/bot-sso-overview
 */
export class TeamsSSOTokenExchangeMiddleware implements Middleware {
  private readonly options: SsoOptions

  /**
   * @param oAuthConnectionName - Name of the connection setting in the bot's registration.
   * @throws TypeError when one is missing.
   */
  constructor(storage: Storage, oAuthConnectionName: string) {
    this.options = { storage, connectionName: oAuthConnectionName }
    checkSsoOptions(this.options)
  }

  async onTurn(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const { channelId, name, value } = context.activity
    const isExchange = channelId === Channels.Msteams && name === tokenExchangeOperationName
    const request = { token: value?.token, answerId: value?.id }
    if (!isExchange || (await passesTokenExchange(context, this.options, request))) await next()
  }
}
