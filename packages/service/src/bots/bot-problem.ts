import type { RegisteredBot } from './registered-bot.ts'

/** What can be wrong between the service and a bot. */
export type BotProblemKind =
  | 'bot-unreachable'
  | 'bot-refused-token'
  | 'bot-failed'
  | 'bot-timeout'
  | 'bot-wrong-secret'
  | 'bot-wrong-tenant'

/** Something a developer has to put right before the bot answers again. */
export interface BotProblem {
  readonly kind: BotProblemKind
  /** What happened and what to do, in one or two sentences, for the developer of the bot. */
  readonly message: string
  /** The status the bot answered with, if it answered. */
  readonly status?: number
}

/** Nothing listens where the bot should be. */
export function unreachable(bot: RegisteredBot, reason: string): BotProblem {
  return {
    kind: 'bot-unreachable',
    message:
      `Nothing answers at ${bot.endpoint.href} (${reason}). Start the bot, or correct the endpoint; ` +
      'the service notices when it is back.',
  }
}

/** The bot answered 401 or 403. */
export function refusedToken(bot: RegisteredBot, status: number): BotProblem {
  return {
    kind: 'bot-refused-token',
    status,
    message:
      `The bot answered ${status} to this service's token. Check that its MicrosoftAppId is ${bot.appId}, and that its ` +
      "ChannelService, or its token issuer and OpenID metadata settings, name this service; the bot's log says why.",
  }
}

/** The bot answered with another status than success. */
export function failed(bot: RegisteredBot, status: number): BotProblem {
  return { kind: 'bot-failed', status, message: failureText(bot, status) }
}

function failureText(bot: RegisteredBot, status: number): string {
  if (status === 404 || status === 405) {
    return `The bot answered ${status}: it takes no activities at ${bot.endpoint.href}. Correct the endpoint's path.`
  }
  return `The bot answered ${status} to the last activity. Its log has the error; then send another message.`
}

/** The connection was made and then lost: the bot crashed, or is no HTTP server. */
export function brokeOff(reason: string): BotProblem {
  return {
    kind: 'bot-failed',
    message: `The bot broke off the connection instead of answering (${reason}). Its log or its console has the error.`,
  }
}

/** The bot took the activity and did not answer in time. */
export function timedOut(timeoutMs: number): BotProblem {
  return {
    kind: 'bot-timeout',
    message: `The bot did not answer within ${timeoutMs / 1000} s. It may still be working; long work must not hold up the turn.`,
  }
}

/** The bot asked the identity provider for a token with a secret that is not its own. */
export function wrongSecret(bot: RegisteredBot): BotProblem {
  return {
    kind: 'bot-wrong-secret',
    message:
      `The bot asked for a token with a wrong app password, so it cannot reply. Set its MicrosoftAppPassword to the secret ` +
      `this service has for app ${bot.appId}, and start it again.`,
  }
}

/** The bot asked the identity provider for a token in a tenant that is not its own. */
export function wrongTenant({ appId, tenantId }: RegisteredBot): BotProblem {
  const [kind, settings] =
    tenantId === undefined
      ? ['a multi-tenant bot', 'MicrosoftAppType to MultiTenant in the bot, or give this service its tenant']
      : [`a bot of tenant ${tenantId}`, `MicrosoftAppType to SingleTenant and MicrosoftAppTenantId to ${tenantId}`]
  return {
    kind: 'bot-wrong-tenant',
    message:
      `The bot asked for a token in another tenant than its own, so it cannot reply: this service has app ${appId} as ` +
      `${kind}. Set ${settings}, and start the bot again.`,
  }
}
