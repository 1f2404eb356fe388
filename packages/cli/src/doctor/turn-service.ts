import { ParleyError } from '@parley/core'
import { startService } from '@parley/service'
import type { Service, ServiceEvent } from '@parley/service'
import { hostOf, portOf } from '../project/bot-endpoint.ts'
import { canConnect } from '../project/can-connect.ts'
import { channelServiceOf, ownTenantOf } from '../project/bot-settings.ts'
import { failed, warning } from './check-result.ts'
import type { CheckName, CheckResult } from './check-result.ts'
import type { DoctorSettings } from './doctor-settings.ts'

/** The turn that is run to see whether all goes together. */
export const TURN: CheckName = { id: 'turn', title: 'Whole turn' }

/** The service a turn goes through. */
export type TurnService =
  | { readonly kind: 'running'; readonly url: string; readonly secret: string }
  | OwnService
  /** There is none; `result` says why. */
  | { readonly kind: 'none'; readonly result: CheckResult }

/** A service of the doctor's own. */
export interface OwnService {
  readonly kind: 'own'
  readonly service: Service
  /** Whether the bot is configured to trust it. */
  readonly isTrusted: boolean
  /** What the service has noticed. */
  readonly events: readonly ServiceEvent[]
}

/**
 * Finds the service the bot works with: the one that runs, or the doctor's own in its place. A bot that trusts the cloud gets one
 * all the same, to see that it refuses its token.
 */
export async function openTurnService(settings: DoctorSettings): Promise<TurnService> {
  const { service, secret, project } = settings
  const configured = channelServiceOf(project.variables)
  const local = service ?? (configured instanceof URL ? configured : undefined)
  if (local && (await canConnect(local))) {
    return secret === undefined ? noSecret(local) : { kind: 'running', url: local.origin, secret }
  }
  if (service) {
    const advice = 'Start it with parley dev, or leave --service out.'
    return { kind: 'none', result: failed(TURN, `No service answers at ${service.origin}.`, advice) }
  }
  return openOwn(settings, local)
}

function noSecret(url: URL): TurnService {
  const detail = `A service runs at ${url.origin}, and its Direct Line secret is not known here.`
  const advice = 'Give it as --secret or DIRECTLINE_SECRET; parley dev --show-secret prints it. Or stop that service.'
  return { kind: 'none', result: warning(TURN, detail, advice) }
}

async function openOwn({ project, endpoint, timeoutMs }: DoctorSettings, at: URL | undefined): Promise<TurnService> {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: secret } = project.variables
  if (appId === undefined || secret === undefined) {
    const detail = 'None was run: MicrosoftAppId and MicrosoftAppPassword are not both known here.'
    const advice =
      'Run the doctor with the variables of the bot, or give --service and --secret of the parley dev it works with.'
    return { kind: 'none', result: warning(TURN, detail, advice) }
  }
  const tenantId = ownTenantOf(project.variables)
  try {
    const service = await startService({
      ...(at ? { host: hostOf(at), port: portOf(at) } : { port: 0 }),
      bots: [{ appId, secret, endpoint, ...(tenantId === undefined ? {} : { tenantId }) }],
      botTimeoutMs: timeoutMs,
    })
    const events: ServiceEvent[] = []
    service.onEvent((event) => events.push(event))
    return { kind: 'own', service, isTrusted: at !== undefined, events }
  } catch (error) {
    if (!ParleyError.isParleyError(error)) throw error
    const detail = `None was run, because the local service cannot be started with the bot's settings: ${error.message}`
    return { kind: 'none', result: warning(TURN, detail, 'Correct that, and run the doctor again.') }
  }
}
