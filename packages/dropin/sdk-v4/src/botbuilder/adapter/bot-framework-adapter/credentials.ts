import { GovernmentConstants } from '../../../connector/auth/authentication-constants.ts'
import { isGovernment } from '../../../connector/auth/tenant-settings.ts'
import type { AppCredentials } from '../../../connector/credentials/app-credentials.ts'
import { CertificateAppCredentials } from '../../../connector/credentials/certificate-app-credentials.ts'
import {
  MicrosoftAppCredentials,
  MicrosoftGovernmentAppCredentials,
} from '../../../connector/credentials/microsoft-app-credentials.ts'
import type { BotFrameworkAdapterSettings } from './settings.ts'

/**
 * Credentials of an app, in the cloud and with the tenant and certificate of the settings.
 *
 * @param scope - Whom tokens are for; absent: the channel service.
 */
export function credentialsFor(settings: BotFrameworkAdapterSettings, scope?: string): AppCredentials {
  const { appId, appPassword, channelAuthTenant: tenant, channelService } = settings
  const { certificateThumbprint, certificatePrivateKey } = settings
  const isInGovernment = isGovernment(channelService ?? '')
  if (!certificateThumbprint || !certificatePrivateKey) {
    const Credentials = isInGovernment ? MicrosoftGovernmentAppCredentials : MicrosoftAppCredentials
    return new Credentials(appId, appPassword, tenant, scope)
  }
  const certificate = [certificateThumbprint, certificatePrivateKey] as const
  if (!isInGovernment) return new CertificateAppCredentials(appId, ...certificate, tenant, scope)
  const audience = scope || GovernmentConstants.ToChannelFromBotOAuthScope
  const credentials = new CertificateAppCredentials(appId, ...certificate, tenant, audience)
  const login = GovernmentConstants.ToChannelFromBotLoginUrlPrefix
  credentials.oAuthEndpoint = `${login}${tenant || GovernmentConstants.DefaultChannelAuthTenant}`
  return credentials
}
