import type { Activity } from './activity.ts'
import { Channels } from './channels.ts'
import { InvokeException } from './invoke-exception.ts'
import type { AdaptiveCardInvokeResponse, AdaptiveCardInvokeValue, SearchInvokeValue } from './invoke-models.ts'
import { StatusCodes } from './status-codes.ts'

/** Body of an answer that says what is wrong with an invoke. */
export function invokeError(statusCode: number, code: string, message: string): AdaptiveCardInvokeResponse {
  return { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } }
}

/**
 * The value of an `application/search` invoke. Teams may leave out `kind`.
 *
 * @throws {@link InvokeException} status 400: something that must be there is missing.
 */
export function parseSearchInvokeValue(activity: Activity): SearchInvokeValue {
  const value = invokeValue<SearchInvokeValue>(activity, 'Missing value property for search')
  const kind = value.kind || (activity.channelId === Channels.Msteams ? 'search' : undefined)
  if (!kind) throw badRequest('Missing kind property for search.')
  if (!value.queryText) throw badRequest('Missing queryText for search.')
  return { ...value, kind }
}

/**
 * The value of an `adaptiveCard/action` invoke.
 *
 * @throws {@link InvokeException} status 400: it has no action, or one other than `Action.Execute`.
 */
export function parseAdaptiveCardInvokeValue(activity: Activity): AdaptiveCardInvokeValue {
  const value = invokeValue<AdaptiveCardInvokeValue>(activity, 'Missing value property')
  if (!value.action) throw badRequest('Missing action property')
  if (value.action.type !== 'Action.Execute') {
    const error = invokeError(
      StatusCodes.BAD_REQUEST,
      'NotSupported',
      `The action '${value.action.type}' is not supported.`,
    )
    throw new InvokeException(StatusCodes.BAD_REQUEST, error)
  }
  return value
}

function invokeValue<T>(activity: Activity, missing: string): T {
  if (typeof activity.value !== 'object' || activity.value === null) throw badRequest(missing)
  return activity.value as T
}

function badRequest(message: string): InvokeException {
  return new InvokeException(StatusCodes.BAD_REQUEST, invokeError(StatusCodes.BAD_REQUEST, 'BadRequest', message))
}
