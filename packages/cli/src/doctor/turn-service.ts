import { isLoopbackHost, ParleyError } from '@parley/core'
import { startService } from '@parley/service'
import type { Service, ServiceEvent } from '@parley/service'
import { openPageSession } from '../direct-line/page-session.ts'
import type { PageSession } from '../direct-line/page-session.ts'
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
  | RunningService
  | OwnService
  /** There is none; `result` says why. */
  | { readonly kind: 'none'; readonly result: CheckResult }

/** A service that somebody else has started. */
export interface RunningService {
  readonly kind: 'running'
  readonly url: string
  readonly credential: { readonly secret: string } | { readonly token: string }
}

/** A service of the doctor's own. */
export interface OwnService {
  readonly kind: 'own'
  readonly service: Service
  /** Whether the bot is configured to trust it. */
  readonly isTrusted: boolean
  /** What the service has noticed. */
  readonly events: readonly ServiceEvent[]
}

/** Where `parley dev` runs, unless it is told otherwise. */
const DEFAULT_SERVICE = new URL('http://127.0.0.1:3979')

/**
 * Finds the service the bot works with: the one that runs, or the doctor's own in its place. A bot that trusts the cloud gets one
 * all the same, to see that it refuses its token.
 */
export async function openTurnService(settings: DoctorSettings): Promise<TurnService> {
  const { service, project } = settings
  const configured = channelServiceOf(project.variables)
  const named = service ?? (configured instanceof URL ? configured : undefined)
  if (named && (await canConnect(named))) return joinNamed(named, settings)
  if (service) {
    const advice = 'Start it with parley dev, or leave --service out.'
    return { kind: 'none', result: failed(TURN, `No service answers at ${service.origin}.`, advice) }
  }
  // parley dev tells the bot what it needs; so nothing of it need be known here.
  const found = named === undefined ? await pageOf(DEFAULT_SERVICE, settings) : undefined
  if (found && isSame(found.endpoint, settings.endpoint)) return joinPage(DEFAULT_SERVICE, found)
  return openOwn(settings, named)
}

/** A service of this machine lets whoever is on it talk to its bots; any other wants its secret. */
async function joinNamed(service: URL, settings: DoctorSettings): Promise<TurnService> {
  if (settings.secret !== undefined) {
    return { kind: 'running', url: service.origin, credential: { secret: settings.secret } }
  }
  const page = await pageOf(service, settings)
  if (!page) return noSecret(service)
  if (isSame(page.endpoint, settings.endpoint)) return joinPage(service, page)
  const detail = `The service at ${service.origin} has a bot at ${page.endpoint}, and not this one.`
  return {
    kind: 'none',
    result: warning(TURN, detail, 'Give the endpoint of the same bot with --bot, or stop that service.'),
  }
}

async function pageOf(service: URL, { project }: DoctorSettings): Promise<PageSession | undefined> {
  if (!isLoopbackHost(service.hostname) || !(await canConnect(service))) return undefined
  const user = { id: 'parley-doctor' }
  return openPageSession(service.href, user, project.variables['MicrosoftAppId']).catch(() => undefined)
}

function joinPage({ origin }: URL, { token }: PageSession): RunningService {
  return { kind: 'running', url: origin, credential: { token } }
}

/** Whether both are the same, by whichever name of this machine. */
function isSame(given: string, endpoint: URL): boolean {
  if (!URL.canParse(given)) return false
  const url = new URL(given)
  const isSameHost =
    url.hostname === endpoint.hostname || [url, endpoint].every((each) => isLoopbackHost(each.hostname))
  return isSameHost && portOf(url) === portOf(endpoint) && url.pathname === endpoint.pathname
}

function noSecret(url: URL): TurnService {
  const detail = `A service runs at ${url.origin}, and its Direct Line secret is not known here.`
  const advice = 'Give it as --secret or DIRECTLINE_SECRET.'
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
