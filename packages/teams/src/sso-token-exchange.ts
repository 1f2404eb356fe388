import { ActivityTypes } from '@parley/core'
import type { InvokeResponse, TokenExchangeRequest, TokenResponse, TurnContext } from '@parley/core'
import type { Storage } from '@parley/state'
import { TeamsArgumentError } from './teams-errors.ts'

/** The client of the user token service that adapters leave in `turnState`. */
interface UserTokenClient {
  exchangeToken(
    userId: string,
    connectionName: string,
    channelId: string,
    exchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse | undefined>
}

/** How adapters give tokens: through the client in `turnState`, or, as in early SDK v4, by themselves. */
interface TokenAdapter {
  readonly UserTokenClientKey?: unknown
  exchangeToken?(
    context: TurnContext,
    connectionName: string,
    userId: string,
    exchangeRequest: TokenExchangeRequest,
  ): Promise<TokenResponse | undefined>
}

/** What a single sign-on middleware works with. */
export interface SsoOptions {
  readonly storage: Storage
  readonly connectionName: string
}

/** @throws TypeError when one is missing. */
export function checkSsoOptions({ storage, connectionName }: Partial<SsoOptions>): void {
  if (!storage) throw new TypeError('`storage` parameter is required')
  if (!connectionName) throw new TypeError('`oAuthConnectionName` parameter is required')
}

/**
 * Exchanges the token of a single sign-on and lets the first delivery of it pass. A failed exchange is answered with 412, which
 * makes the client show a sign-in card; a further delivery, of which Teams makes one for each of a user's devices, with 200.
 *
 * @param token - Token the client got.
 * @param answerId - Id in the answer to a failed exchange.
 * @returns Whether the turn goes on.
 */
export async function passesTokenExchange(
  context: TurnContext,
  { storage, connectionName }: SsoOptions,
  { token, answerId }: { readonly token: string | undefined; readonly answerId: string | undefined },
): Promise<boolean> {
  const exchanged = await exchange(context, connectionName, token)
  if (!exchanged?.token) {
    const failureDetail = 'The bot is unable to exchange token. Proceed with regular login.'
    await answer(context, { body: { id: answerId, connectionName, failureDetail }, status: 412 })
    return false
  }
  if (await isFirstDelivery(context, storage)) return true
  await answer(context, { body: null, status: 200 })
  return false
}

async function answer(context: TurnContext, value: InvokeResponse): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.InvokeResponse, value })
}

/** `undefined` when it is not possible, for whatever reason: the user then signs in by hand. */
async function exchange(
  context: TurnContext,
  connectionName: string,
  token: string | undefined,
): Promise<TokenResponse | undefined> {
  const { activity, turnState } = context
  const adapter = context.adapter as TokenAdapter
  const request = (token === undefined ? {} : { token }) as TokenExchangeRequest
  const client = turnState.get<UserTokenClient | undefined>(adapter.UserTokenClientKey)
  try {
    if (client) return await client.exchangeToken(activity.from.id, connectionName, activity.channelId, request)
    return await adapter.exchangeToken?.(context, connectionName, activity.from.id, request)
  } catch {
    return undefined
  }
}

/** The delivery that writes the item first wins: the others want to replace a version that is not there any more. */
async function isFirstDelivery({ activity }: TurnContext, storage: Storage): Promise<boolean> {
  const id: string | undefined = activity.value?.id
  if (!id) throw new TeamsArgumentError('Invalid signin/tokenExchange. Missing activity.value.id.')
  const { channelId, conversation } = activity
  if (!channelId) throw new TeamsArgumentError('invalid activity. Missing channelId')
  if (!conversation?.id) throw new TeamsArgumentError('invalid activity. Missing conversation.id')
  try {
    await storage.write({ [`${channelId}/${conversation.id}/${id}`]: { eTag: id } })
    return true
  } catch (error) {
    if (isConflict(error)) return false
    throw error
  }
}

/** Storages of SDK v4 tell conflicts by their text only. */
function isConflict(error: unknown): boolean {
  return error instanceof Error && /etag conflict|precondition is not met/i.test(error.message)
}
