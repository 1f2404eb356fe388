import type { ProjectEnvironment } from '../project/project-environment.ts'
import { APP_TYPES, appTypeOf, channelServiceOf, SDK_V4_ADDRESSES } from '../project/bot-settings.ts'
import { failed, ok, warning } from './check-result.ts'
import type { CheckName, CheckResult } from './check-result.ts'

const APP_ID: CheckName = { id: 'app-id', title: 'App id' }
const PASSWORD: CheckName = { id: 'app-password', title: 'App password' }
const APP_TYPE: CheckName = { id: 'app-type', title: 'App type' }
const TENANT: CheckName = { id: 'tenant', title: 'Tenant' }
const CHANNEL_SERVICE: CheckName = { id: 'channel-service', title: 'Channel service' }
const V4_SETTINGS: CheckName = { id: 'v4-settings', title: 'Settings of SDK v4' }

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** A tenant may be named by one of its domains. */
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i

/** The two stand side by side in the portal. */
const SECRET_ID_ADVICE = "Is it the 'Secret ID' of a client secret? The password is its 'Value', which is shown once."

/** Credentials besides a password. */
const OTHER_CREDENTIALS = ['CertificateThumbprint', 'CertificatePrivateKey', 'AZURE_FEDERATED_TOKEN_FILE'] as const

/**
 * What the bot's variables say, as far as they are known here.
 *
 * @param isArchivedSdk - Whether the bot runs on the archived SDK, and not on Parley.
 */
export function checkSettings(project: ProjectEnvironment, isArchivedSdk: boolean): readonly CheckResult[] {
  const { variables } = project
  if (!variables['MicrosoftAppId'] && !variables['MicrosoftAppPassword']) return [withoutAppId(project)]
  return [
    checkAppId(project),
    checkPassword(project),
    checkAppType(project),
    ...checkTenant(project),
    checkChannelService(project, isArchivedSdk),
    ...checkAllOrNone(project),
  ]
}

function withoutAppId({ hasDotEnv }: ProjectEnvironment): CheckResult {
  const place = hasDotEnv
    ? 'Neither the environment nor .env has a MicrosoftAppId'
    : 'The environment has no MicrosoftAppId, and this folder no .env'
  return warning(
    APP_ID,
    `${place}, so what the bot is configured with is not known here.`,
    'Run the doctor in the folder of the bot, or with its variables. A bot without an app id serves its own machine only.',
  )
}

function checkAppId(project: ProjectEnvironment): CheckResult {
  const appId = project.variables['MicrosoftAppId']
  if (!appId) return failed(APP_ID, 'MicrosoftAppPassword is set without MicrosoftAppId.', 'Set MicrosoftAppId too.')
  const flaw = flawOf(appId)
  if (flaw)
    return failed(
      APP_ID,
      `MicrosoftAppId ${flaw}${sourceOf('MicrosoftAppId', project)}.`,
      'Remove what is no part of the id.',
    )
  if (GUID.test(appId)) return ok(APP_ID, `${appId}${sourceOf('MicrosoftAppId', project)}`)
  return warning(
    APP_ID,
    'MicrosoftAppId is no GUID.',
    "The local service takes any id; in Azure it is the GUID called 'Application (client) ID'.",
  )
}

function checkPassword(project: ProjectEnvironment): CheckResult {
  const { variables } = project
  const password = variables['MicrosoftAppPassword']
  if (appTypeOf(variables) === 'UserAssignedMsi') {
    if (!password) return ok(PASSWORD, 'None is needed: the bot has a managed identity.')
    const advice = 'Remove MicrosoftAppPassword, or correct MicrosoftAppType.'
    return failed(PASSWORD, 'A bot with a managed identity (UserAssignedMsi) has no password.', advice)
  }
  if (password) {
    const flaw = flawOf(password)
    if (!flaw && GUID.test(password)) return warning(PASSWORD, 'MicrosoftAppPassword is a GUID.', SECRET_ID_ADVICE)
    if (!flaw) return ok(PASSWORD, `set${sourceOf('MicrosoftAppPassword', project)}`)
    const detail = `MicrosoftAppPassword ${flaw}${sourceOf('MicrosoftAppPassword', project)}.`
    return failed(
      PASSWORD,
      detail,
      'Remove what is no part of the password: quotes belong to shells and .env files only.',
    )
  }
  const other = OTHER_CREDENTIALS.find((name) => variables[name])
  if (other) return ok(PASSWORD, `None, but ${other} is set.`)
  const advice =
    'Set MicrosoftAppPassword, or CertificateThumbprint and CertificatePrivateKey, or MicrosoftAppType=UserAssignedMsi.'
  return failed(PASSWORD, 'MicrosoftAppId is set without a credential.', advice)
}

/** What is wrong with the form of a value, without showing it. */
function flawOf(value: string): string | undefined {
  if (/^(["'`]).*\1$/s.test(value.trim())) return 'is in quotes, and they are taken as part of it'
  return value.trim() === value ? undefined : 'begins or ends with white space'
}

function checkAppType({ variables }: ProjectEnvironment): CheckResult {
  const appType = appTypeOf(variables)
  const given = variables['MicrosoftAppType']
  if (appType) return ok(APP_TYPE, given ? appType : `${appType}, because MicrosoftAppType is not set`)
  const advice = `Set it to ${APP_TYPES.join(', ')}.`
  return failed(APP_TYPE, `There is no such MicrosoftAppType${shown(given)}.`, advice)
}

function checkTenant({ variables }: ProjectEnvironment): readonly CheckResult[] {
  const appType = appTypeOf(variables)
  const tenant = variables['MicrosoftAppTenantId']
  if (!appType) return []
  if (appType === 'MultiTenant') {
    if (!tenant) return []
    const detail = 'MicrosoftAppTenantId is set, and a MultiTenant bot does not use it.'
    return [
      warning(
        TENANT,
        detail,
        'Set MicrosoftAppType=SingleTenant if the bot is registered so in Azure; else remove it.',
      ),
    ]
  }
  if (!tenant) {
    const detail = `MicrosoftAppType is ${appType}, and MicrosoftAppTenantId is not set.`
    return [
      failed(
        TENANT,
        detail,
        'Set MicrosoftAppTenantId to the tenant of the bot: without it the bot cannot get tokens.',
      ),
    ]
  }
  if (GUID.test(tenant) || DOMAIN.test(tenant)) return [ok(TENANT, tenant)]
  const detail = 'MicrosoftAppTenantId is neither a GUID nor a domain.'
  return [failed(TENANT, detail, "Set it to the GUID called 'Directory (tenant) ID' in Azure.")]
}

function checkChannelService({ variables }: ProjectEnvironment, isArchivedSdk: boolean): CheckResult {
  const service = channelServiceOf(variables)
  if (service instanceof URL && isArchivedSdk && !SDK_V4_ADDRESSES.some((name) => variables[name])) {
    const detail = 'ChannelService names a local service, and the archived SDK does not start with that.'
    const advice =
      'Start the bot with parley dev, which sets the addresses that SDK v4 takes instead, or set them yourself.'
    return failed(CHANNEL_SERVICE, detail, advice)
  }
  if (service instanceof URL) return ok(CHANNEL_SERVICE, `a local service, ${service.origin}`)
  if (service) return ok(CHANNEL_SERVICE, service === 'public' ? 'public Azure' : 'Azure for the US Government')
  const given = shown(variables['ChannelService'])
  const advice =
    'Leave it empty for public Azure; else https://botframework.azure.us, or the address of a local service.'
  return failed(CHANNEL_SERVICE, `ChannelService is the name of no cloud${given}; the bot refuses to start.`, advice)
}

function checkAllOrNone({ variables }: ProjectEnvironment): readonly CheckResult[] {
  const set = SDK_V4_ADDRESSES.filter((name) => variables[name])
  const missing = SDK_V4_ADDRESSES.filter((name) => !variables[name])
  if (set.length === 0) return []
  if (missing.length === 0) return [ok(V4_SETTINGS, 'All seven addresses are set, and no default of a cloud is used.')]
  const detail =
    'With one of seven addresses set, SDK v4 leaves out the defaults of all: ' +
    `set are ${set.join(', ')}; not set are ${missing.join(', ')}.`
  return [
    warning(V4_SETTINGS, detail, 'Set the others too, or remove these: a bot of SDK v4 works with all or with none.'),
  ]
}

/** A value that is in the wrong place may be a secret: only what cannot be one is shown. */
function shown(value: string | undefined): string {
  if (value === undefined) return ''
  const isPlain = /^([A-Za-z]{1,24}|https?:\/\/[a-z0-9.:-]{1,64}\/?)$/.test(value)
  return isPlain ? `: ${value}` : ''
}

function sourceOf(name: string, { dotEnv, variables }: ProjectEnvironment): string {
  if (dotEnv[name] === undefined) return ''
  return dotEnv[name] === variables[name] ? ' (.env)' : ' (the environment; .env has another one)'
}
