import type { DirectLineAccess } from '../../direct-line/direct-line-access.ts'
import { ApiError, badArgument, badSyntax } from '../../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../../http/exchange.ts'
import type { Exchange, RouteHandler } from '../../http/exchange.ts'
import { readJson } from '../../http/read-body.ts'
import type { Routes } from '../../http/routes.ts'
import { ServiceOptionError } from '../../errors.ts'
import type { ConnectorFaults } from './connector-faults.ts'

/**
 * The switches.
 *
 * @param path - Where they are.
 * @param guard - Keeps out who may not use them: a web page may reach this machine, but must not break what a developer is
 * working on.
 */
export function addFaultRoutes(
  routes: Routes,
  path: string,
  faults: ConnectorFaults,
  guard: (handler: RouteHandler) => RouteHandler,
): void {
  routes.add(
    'GET',
    path,
    guard(({ response }) => sendJson(response, 200, { faults: faults.pending })),
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

/** For programs in other processes: they need the Direct Line secret, which no web page has. */
export function withSecret(access: DirectLineAccess): (handler: RouteHandler) => RouteHandler {
  return (handler) => (exchange) => {
    access.requireSecret(exchange)
    return handler(exchange)
  }
}

async function injectFault({ request, response }: Exchange, faults: ConnectorFaults): Promise<void> {
  const body = await readJson(request)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badSyntax('The body must be a fault.')
  try {
    sendJson(response, 201, { id: faults.inject(body) })
  } catch (error) {
    if (error instanceof ServiceOptionError) throw badArgument(error.message)
    throw error
  }
}

function clearFaults(response: Exchange['response'], faults: ConnectorFaults): void {
  faults.clear()
  sendEmpty(response, 204)
}

function removeFault(exchange: Exchange, faults: ConnectorFaults): void {
  if (!faults.remove(param(exchange, 'faultId'))) throw new ApiError(404, 'NotFound', 'No such fault is to happen.')
  sendEmpty(exchange.response, 204)
}
