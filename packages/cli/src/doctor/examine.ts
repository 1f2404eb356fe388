import { channelServiceOf, ownTenantOf } from '../project/bot-settings.ts'
import type { ChannelService } from '../project/bot-settings.ts'
import { checkCertificate, checkName, checkPort } from './check-connection.ts'
import { checkCredentials, withoutCredentials } from './check-credentials.ts'
import { checkEndpoint, reachEndpoint } from './check-endpoint.ts'
import { runsOnArchivedSdk } from '../project/sdk-packages.ts'
import { checkNode, checkProject } from './check-project.ts'
import type { CheckResult } from './check-result.ts'
import { checkSettings } from './check-settings.ts'
import { checkTurn } from './check-turn.ts'
import { cloudOf } from '../project/clouds.ts'
import type { DoctorSettings } from './doctor-settings.ts'
import { forgeToken } from './forged-token.ts'
import { probe } from './http-probe.ts'
import type { ProbeRequest } from './http-probe.ts'
import { openTurnService } from './turn-service.ts'
import type { TurnService } from './turn-service.ts'

/** Tells results as soon as they are there. */
export type Tell = (...results: readonly CheckResult[]) => void

/** Checks that say by failing that the bot cannot be reached. */
export const REACHABILITY_IDS: readonly string[] = ['dns', 'tcp']

/**
 * Runs all checks that make sense: first those of the project, then, as far as it is reached, those of the bot.
 *
 * @param signal - Ends the examination.
 */
export async function examine(settings: DoctorSettings, signal: AbortSignal, tell: Tell): Promise<void> {
  tell(
    checkNode(),
    ...checkProject(settings.folder),
    ...checkSettings(settings.project, runsOnArchivedSdk(settings.folder)),
  )
  const isReachable = await examineConnection(settings, tell)
  if (signal.aborted) return
  const turn = isReachable && settings.turn ? await openTurnService(settings) : undefined
  try {
    await examineCredentials(settings, turn, signal, tell)
    if (isReachable && !signal.aborted) await examineBot(settings, turn, signal, tell)
  } finally {
    if (turn?.kind === 'own') await turn.service.close()
  }
}

async function examineConnection({ endpoint, timeoutMs }: DoctorSettings, tell: Tell): Promise<boolean> {
  for (const check of [checkName, checkPort]) {
    const result = await check(endpoint, timeoutMs)
    tell(result)
    if (result.status === 'failed') return false
  }
  return true
}

async function examineCredentials(
  settings: DoctorSettings,
  turn: TurnService | undefined,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  const { project, timeoutMs } = settings
  const login = loginOf(settings, turn)
  if (!login) return
  const { MicrosoftAppId: appId, MicrosoftAppPassword: secret, MicrosoftAppTenantId: namedTenant } = project.variables
  if (appId === undefined || secret === undefined) {
    // Whoever named a login service wants to know.
    if (settings.login || settings.online) tell(withoutCredentials())
    return
  }
  const { sharedTenant, audience } = cloudOf(cloudNameOf(settings))
  const tenants = { sharedTenant, ownTenant: ownTenantOf(project.variables), namedTenant }
  tell(await checkCredentials({ login, audience, appId, secret, ...tenants, timeoutMs, signal }))
}

/** The real login service is asked only when that is wished. */
function loginOf(settings: DoctorSettings, turn: TurnService | undefined): URL | undefined {
  if (settings.login) return settings.login
  if (settings.online) return cloudOf(cloudNameOf(settings)).login
  if (turn?.kind === 'own') return new URL(turn.service.url)
  return turn?.kind === 'running' ? new URL(turn.url) : undefined
}

function cloudNameOf({ project }: DoctorSettings): 'public' | 'usGov' {
  return channelServiceOf(project.variables) === 'usGov' ? 'usGov' : 'public'
}

async function examineBot(
  settings: DoctorSettings,
  turn: TurnService | undefined,
  signal: AbortSignal,
  tell: Tell,
): Promise<void> {
  const { endpoint, timeoutMs, project } = settings
  const certificate = await checkCertificate(endpoint, timeoutMs)
  tell(...certificate)
  const target = { endpoint, timeoutMs, signal }
  const { result, anonymous } = await reachEndpoint(target)
  tell(result)
  if (anonymous.kind === 'failed' || result.status === 'failed') return
  // Before the forged token: the bot knows the keys of the service from then on.
  const isTrustworthy = certificate.every(({ status }) => status !== 'failed')
  const said = isTrustworthy ? await examineTurn(settings, turn, signal) : []
  const { MicrosoftAppId: appId } = project.variables
  const service = channelServiceOf(project.variables) ?? 'public'
  const claims = { issuer: issuerOf(service, turn), serviceUrl: 'http://127.0.0.1:9/', appId }
  const forgedToken = await forgeToken({ ...claims, keyId: await keyIdOf(turn, target) })
  const goodToken = goodTokenOf(turn)
  tell(...(await checkEndpoint({ ...target, forgedToken, goodToken }, anonymous)), ...said)
}

async function examineTurn(
  settings: DoctorSettings,
  turn: TurnService | undefined,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
  if (!turn) return []
  return [turn.kind === 'none' ? turn.result : await checkTurn(turn, { timeoutMs: settings.timeoutMs, signal })]
}

function issuerOf(service: ChannelService, turn: TurnService | undefined): string {
  if (turn?.kind === 'running') return turn.url
  return turn?.kind === 'own' && turn.isTrusted ? turn.service.issuer : cloudOf(service).issuer
}

/** Bots look for keys they do not know only now and then, so they are not made to look for one that nobody has. */
async function keyIdOf(
  turn: TurnService | undefined,
  { timeoutMs, signal }: Pick<ProbeRequest, 'timeoutMs' | 'signal'>,
): Promise<string | undefined> {
  if (turn?.kind === 'own') return turn.service.identity.currentKey('channel')
  if (turn?.kind !== 'running') return undefined
  const answer = await probe(new URL('/v1/.well-known/keys', turn.url), { method: 'GET', timeoutMs, signal })
  return answer.kind === 'answered' ? /"kid"\s*:\s*"([^"]+)"/.exec(answer.body)?.[1] : undefined
}

function goodTokenOf(turn: TurnService | undefined): string | undefined {
  if (turn?.kind !== 'own' || !turn.isTrusted) return undefined
  const [bot] = turn.service.bots
  return bot && turn.service.identity.mintChannelToken(bot.appId)
}
