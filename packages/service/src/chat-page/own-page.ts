import { ApiError } from '../http/api-error.ts'
import type { Exchange, RouteHandler } from '../http/exchange.ts'
import { isSameOrigin } from '../http/origin-policy.ts'

/** Answers only the chat page of this service, and programs; pages of any other origin, other ports of this machine included, get 403. */
export function fromOwnPage(handler: RouteHandler): RouteHandler {
  return (exchange) => {
    requireOwnPage(exchange)
    return handler(exchange)
  }
}

/** @throws ApiError 403. */
export function requireOwnPage({ request, origin }: Exchange): void {
  if (!isSameOrigin(request, origin)) {
    throw new ApiError(403, 'OriginNotAllowed', 'Only the chat page of this service may do this.')
  }
}
