import type { RegisteredBot } from '../bots/registered-bot.ts'
import type { BotRegistry } from '../bots/bot-registry.ts'
import { sameSecret } from './same-secret.ts'
import { BOT_FRAMEWORK_TENANT_ID, tenantIdOf } from './tenants.ts'
import { TokenRefusal } from './token-refusal.ts'

/** Which of the two dialects of the token endpoint is spoken: it says whom the token is for in `resource` or in `scope`. */
export type TokenDialect = 'v1' | 'v2'

/** A request for a token, granted. */
export interface GrantedToken {
  readonly bot: RegisteredBot
  readonly audience: string
}

/** Who is told when a registered bot asks for a token as it should not. */
export interface TokenMistakes {
  readonly onWrongSecret: (bot: RegisteredBot) => void
  readonly onWrongTenant: (bot: RegisteredBot) => void
}

/**
 * Decides on a client-credentials request.
 *
 * @param tenant - The tenant's segment of the address.
 * @param mistakes - Told of the most frequent mistakes in a bot's settings.
 * @throws TokenRefusal in Entra's terms.
 */
export function grantToken(
  form: URLSearchParams,
  tenant: string,
  dialect: TokenDialect,
  bots: BotRegistry,
  mistakes: TokenMistakes,
): GrantedToken {
  if (form.get('grant_type') !== 'client_credentials') throw TokenRefusal.unsupportedGrant(form.get('grant_type') ?? '')
  const clientId = form.get('client_id') ?? ''
  if (clientId === '') throw TokenRefusal.missing('client_id')
  const audience = dialect === 'v1' ? audienceOfResource(form) : audienceOfScope(form)
  const secret = form.get('client_secret')
  if (secret === null) throw TokenRefusal.missing('client_secret')
  const tenantId = tenantIdOf(tenant)
  const bot = bots.find(clientId)
  if (!bot) throw TokenRefusal.unknownClient(clientId, tenant)
  if (tenantId !== (bot.tenantId ?? BOT_FRAMEWORK_TENANT_ID)) {
    mistakes.onWrongTenant(bot)
    throw TokenRefusal.unknownClient(clientId, tenant)
  }
  if (!sameSecret(secret, bot.secret)) {
    mistakes.onWrongSecret(bot)
    throw TokenRefusal.wrongSecret(clientId)
  }
  return { bot, audience }
}

function audienceOfScope(form: URLSearchParams): string {
  const scope = form.get('scope') ?? ''
  const match = /^(\S+)\/\.default$/.exec(scope)
  if (!match?.[1]) throw TokenRefusal.invalidScope(scope)
  return match[1]
}

function audienceOfResource(form: URLSearchParams): string {
  const resource = form.get('resource') ?? ''
  if (resource === '') throw TokenRefusal.missing('resource')
  return resource
}
