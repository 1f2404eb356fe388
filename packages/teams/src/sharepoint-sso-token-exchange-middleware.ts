import { Channels } from '@parley/core'
import type { Middleware, TurnContext } from '@parley/core'
import type { Storage } from '@parley/state'
import { checkSsoOptions, passesTokenExchange } from './sso-token-exchange.ts'
import type { SsoOptions } from './sso-token-exchange.ts'

/** Invoke of SharePoint that brings a single sign-on token. */
export const sharePointTokenExchange = 'cardExtension/token'

/**
 * Finishes single sign-on of Adaptive Card Extensions in SharePoint: exchanges the token of `cardExtension/token` and lets the
 * bot see the invoke once. The storage must be shared by all hosts of the bot.
 */
export class SharePointSSOTokenExchangeMiddleware implements Middleware {
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
    const isExchange = channelId === Channels.M365 && name === sharePointTokenExchange
    // SharePoint does not look at the id of a failed exchange; SDK v4 sends this one.
    const request = { token: value?.data, answerId: 'FAKE ID' }
    if (!isExchange || (await passesTokenExchange(context, this.options, request))) await next()
  }
}
