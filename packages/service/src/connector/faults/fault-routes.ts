import type { DirectLineAccess } from '../../direct-line/direct-line-access.ts'
import { ApiError, badArgument, badSyntax } from '../../http/api-error.ts'
import { param, sendEmpty, sendJson } from '../../http/exchange.ts'
import type { Exchange, RouteHandler } from '../../http/exchange.ts'
import { readJson } from '../../http/read-body.ts'
import type { Routes } from '../../http/routes.ts'
import { ServiceOptionError } from '../../errors.ts'

/** Faults that can be asked for and taken back. */
export interface FaultSwitches<F> {
  /** @returns the fault's id. @throws ServiceOptionError `SERVICE_OPTION` naming the field that cannot be used. */
  inject(fault: F): string
  readonly pending: readonly unknown[]
  remove(id: string): boolean
  clear(): void
}

/**
 * The switches.
 *
 * @param path - Where they are.
 * @param listName - What the list of those that are still to happen is called.
 * @param guard - Keeps out who may not use them: a web page may reach this machine, but must not break what a developer is
 * working on.
 */
export function addFaultRoutes<F>(
  routes: Routes,
  path: string,
  listName: 'faults' | 'pending',
  faults: FaultSwitches<F>,
  guard: (handler: RouteHandler) => RouteHandler,
): void {
  routes.add(
    'GET',
    path,
    guard(({ response }) => sendJson(response, 200, { [listName]: faults.pending })),
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

async function injectFault<F>({ request, response }: Exchange, faults: FaultSwitches<F>): Promise<void> {
  const body = await readJson(request)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badSyntax('The body must be a fault.')
  try {
    sendJson(response, 201, { id: faults.inject(body as F) })
  } catch (error) {
    if (error instanceof ServiceOptionError) throw badArgument(error.message)
    throw error
  }
}

function clearFaults(response: Exchange['response'], faults: Pick<FaultSwitches<never>, 'clear' | 'remove'>): void {
  faults.clear()
  sendEmpty(response, 204)
}

function removeFault(exchange: Exchange, faults: Pick<FaultSwitches<never>, 'clear' | 'remove'>): void {
  if (!faults.remove(param(exchange, 'faultId'))) throw new ApiError(404, 'NotFound', 'No such fault is to happen.')
  sendEmpty(exchange.response, 204)
}
