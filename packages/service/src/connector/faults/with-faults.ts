import { ServerResponse } from 'node:http'
import { ApiError } from '../../http/api-error.ts'
import type { Exchange, RouteHandler } from '../../http/exchange.ts'
import type { ConnectorFault, FaultTarget } from './connector-fault.ts'
import type { ConnectorFaults } from './connector-faults.ts'

/** Codes of the cloud. */
const CODES: ReadonlyMap<number, string> = new Map([
  [400, 'BadArgument'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'ConversationNotFound'],
  [412, 'PreconditionFailed'],
  [413, 'MessageSizeTooBig'],
  [429, 'Throttled'],
])

/** An address that fails on request. */
export interface FaultyDoor {
  readonly target: FaultTarget
  /** Answers with a status; throws an ApiError, or answers itself. Default: in the words of the Connector API. */
  readonly refuse?: (exchange: Exchange, status: number, headers: Readonly<Record<string, string>>) => void
}

/** Lets what is injected happen to the calls of `handler`. */
export function withFaults(
  faults: ConnectorFaults,
  handler: RouteHandler,
  { target, refuse = refuseAsConnector }: FaultyDoor = { target: 'connector' },
): RouteHandler {
  return (exchange) => {
    const fault = faults.take(target, exchange.request.method ?? '', exchange.params['conversationId'])
    return fault ? fail(exchange, fault, handler, refuse) : handler(exchange)
  }
}

async function fail(
  exchange: Exchange,
  fault: ConnectorFault,
  handler: RouteHandler,
  refuse: Required<FaultyDoor>['refuse'],
): Promise<void> {
  if (!(await stays(exchange.response, fault.delayMs ?? 0))) return
  const { status, reset, retryAfter } = fault
  if (status === undefined && reset !== true) return handler(exchange)
  if (fault.takesEffect === true) await carryOut(exchange, handler)
  const headers: Readonly<Record<string, string>> =
    retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
  if (status !== undefined) refuse(exchange, status, headers)
  else exchange.request.socket.resetAndDestroy()
}

/** Waits. @returns whether the caller is still there. */
async function stays(response: ServerResponse, delayMs: number): Promise<boolean> {
  if (delayMs === 0) return true
  return new Promise((resolve) => {
    const leave = (): void => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      response.off('close', leave)
      resolve(true)
    }, delayMs)
    response.once('close', leave)
  })
}

/** Answers into a response that goes nowhere. */
async function carryOut(exchange: Exchange, handler: RouteHandler): Promise<void> {
  try {
    await handler({ ...exchange, response: new ServerResponse(exchange.request) })
  } catch (error) {
    // What would have been refused has no effect, and the caller sees the fault in any case.
    if (!(error instanceof ApiError)) throw error
  }
}

function refuseAsConnector(_: Exchange, status: number, headers: Readonly<Record<string, string>>): never {
  const code = CODES.get(status) ?? (status >= 500 ? 'ServiceError' : 'BadArgument')
  throw new ApiError(status, code, `A developer has asked for this failure (${status}).`, { headers })
}
