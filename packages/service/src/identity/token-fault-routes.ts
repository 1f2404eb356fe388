import { ServiceOptionError } from '../errors.ts'
import { ApiError, badArgument, badSyntax } from '../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../http/exchange.ts'
import type { Exchange, RouteHandler } from '../http/exchange.ts'
import { readJson } from '../http/read-body.ts'
import type { Routes } from '../http/routes.ts'
import type { TokenFault, TokenFaults } from './token-faults.ts'

/** The switches for bad tokens. @param guard - Keeps out who may not use them. */
export function addTokenFaultRoutes(
  routes: Routes,
  path: string,
  faults: TokenFaults,
  guard: (handler: RouteHandler) => RouteHandler,
): void {
  routes.add(
    'GET',
    path,
    guard(({ response }) => sendJson(response, 200, { pending: faults.pending })),
  )
  routes.add(
    'POST',
    path,
    guard((exchange) => injectFault(exchange, faults)),
  )
  routes.add(
    'DELETE',
    path,
    guard(({ response }) => clearFaults(response, faults)),
  )
  routes.add(
    'DELETE',
    `${path}/:faultId`,
    guard((exchange) => removeFault(exchange, faults)),
  )
}

async function injectFault({ request, response }: Exchange, faults: TokenFaults): Promise<void> {
  const body = await readJson(request)
  if (typeof body !== 'object' || body === null) throw badSyntax('The body must be a fault.')
  try {
    sendJson(response, 201, { id: faults.inject(body as TokenFault) })
  } catch (error) {
    if (error instanceof ServiceOptionError) throw badArgument(error.message)
    throw error
  }
}

function clearFaults(response: Exchange['response'], faults: TokenFaults): void {
  faults.clear()
  sendEmpty(response, 204)
}

function removeFault(exchange: Exchange, faults: TokenFaults): void {
  if (!faults.remove(param(exchange, 'faultId'))) throw new ApiError(404, 'NotFound', 'No such fault is to happen.')
  sendEmpty(exchange.response, 204)
}
