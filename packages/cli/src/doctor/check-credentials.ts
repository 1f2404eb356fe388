import { aadstsOf, explainAadsts } from './aadsts.ts'
import { failed, ok, warning } from './check-result.ts'
import type { CheckName, CheckResult } from './check-result.ts'

const TOKEN: CheckName = { id: 'token', title: 'Token for the bot' }

/** The tenant that does not know the app: mostly a bot of the other kind. */
const UNKNOWN_APP = 700016

export interface CredentialsCheck {
  /** Base address of the login service. */
  readonly login: URL
  /** Tenant of bots that are multi-tenant. */
  readonly sharedTenant: string
  /** Whom the token is for, without `/.default`. */
  readonly audience: string
  readonly appId: string
  readonly secret: string
  /** The tenant of a bot that has one of its own, by its `MicrosoftAppType`. */
  readonly ownTenant: string | undefined
  /** What `MicrosoftAppTenantId` says, whatever the type. */
  readonly namedTenant: string | undefined
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** Asks the login service for a token with the bot's password, and explains what it says. The token is thrown away. */
export async function checkCredentials(check: CredentialsCheck): Promise<CheckResult> {
  const { ownTenant, sharedTenant, login } = check
  const tenant = ownTenant ?? sharedTenant
  const answer = await ask(check, tenant)
  if (answer.kind === 'granted') return ok(TOKEN, `${login.host} gives one for tenant ${tenant}.`)
  if (answer.kind === 'unreachable') {
    const detail = `${login.host} gives no answer (${answer.reason}).`
    return failed(TOKEN, detail, 'The bot needs it to reply: see that this machine gets there.')
  }
  if (answer.number === UNKNOWN_APP) {
    const otherKind = await adviceOfOtherKind(check)
    if (otherKind) return failed(TOKEN, explainAadsts(UNKNOWN_APP).meaning, otherKind)
  }
  if (answer.number === undefined) {
    const advice = 'Is --login the address of a login service, such as https://login.microsoftonline.com?'
    return failed(TOKEN, `${login.host} answers ${answer.status}, and not as a login service does.`, advice)
  }
  const { meaning, advice } = explainAadsts(answer.number)
  return failed(TOKEN, meaning, advice)
}

/** Whether the app is known where bots of the other kind are. @returns what to set then. */
async function adviceOfOtherKind(check: CredentialsCheck): Promise<string | undefined> {
  const { ownTenant, namedTenant, sharedTenant } = check
  const other = ownTenant === undefined ? namedTenant : sharedTenant
  if (other === undefined || (await ask(check, other)).kind !== 'granted') return undefined
  return ownTenant === undefined
    ? 'The tenant in MicrosoftAppTenantId does know it: set MicrosoftAppType=SingleTenant.'
    : 'As a multi-tenant bot it is known: set MicrosoftAppType=MultiTenant.'
}

type TokenAnswer =
  | { readonly kind: 'granted' }
  | { readonly kind: 'refused'; readonly status: number; readonly number: number | undefined }
  | { readonly kind: 'unreachable'; readonly reason: string }

async function ask(check: CredentialsCheck, tenant: string): Promise<TokenAnswer> {
  const { login, appId, secret, audience, timeoutMs, signal } = check
  const base = login.href.endsWith('/') ? login.href : `${login.href}/`
  try {
    const response = await fetch(`${base}${encodeURIComponent(tenant)}/oauth2/v2.0/token`, {
      method: 'POST',
      // A password goes nowhere but to the address it is meant for.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: secret,
        scope: `${audience}/.default`,
      }),
    })
    const answer: unknown = await response.json().catch(() => ({}))
    const isGranted = response.ok && typeof (Object(answer) as Record<string, unknown>)['access_token'] === 'string'
    return isGranted ? { kind: 'granted' } : { kind: 'refused', status: response.status, number: aadstsOf(answer) }
  } catch (error) {
    const { name, cause } = error as Error
    const reason = name === 'TimeoutError' ? 'timeout' : ((cause as NodeJS.ErrnoException | undefined)?.code ?? name)
    return { kind: 'unreachable', reason }
  }
}

/** A bot without a password of its own, or without an id, cannot be tried. */
export function withoutCredentials(): CheckResult {
  const detail = 'It was not asked for: MicrosoftAppId and MicrosoftAppPassword are not both known here.'
  return warning(TOKEN, detail, 'Run the doctor with the variables of the bot.')
}
