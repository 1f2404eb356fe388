import type { Service } from '@parley/service'
import type { Output } from '../output.ts'
import { botEnvironment, missingVariables } from './bot-environment.ts'
import type { DevSettings } from './dev-settings.ts'

const NAME_WIDTH = 13

/**
 * What a person wants to know when everything runs.
 *
 * @param hasKeys - Whether there is a keyboard to ask for more.
 */
export function printSummary(output: Output, settings: DevSettings, service: Service, hasKeys: boolean): void {
  const { bot, command, showSecret } = settings
  const { url, directLineSecret } = service
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['Chat page', output.paint('cyan', url)],
    ['Bot', bot.endpoint.href],
    ['  app id', `${bot.appId} (${bot.source})`],
    ...(bot.tenantId === undefined ? [] : [['  tenant', bot.tenantId] as const]),
    ...(command === undefined
      ? []
      : [['  command', `${command.join(' ')}${hasKeys ? ' (r and Enter starts it again)' : ''}`] as const]),
    ['Direct Line', `${url}/v3/directline`],
    ['  secret', showSecret ? directLineSecret : `${hasKeys ? 's and Enter' : '--show-secret'} shows it`],
    ['Data', settings.service.dataFolder ?? 'in memory, forgotten at the end; --data <folder> keeps it'],
  ]
  output.line()
  output.line(output.paint('bold', '  parley dev is running. Press Ctrl-C to stop.'))
  output.line()
  for (const [name, value] of rows) output.line(`  ${name.padEnd(NAME_WIDTH)}${value}`)
  output.line()
  if (command === undefined) printStart(output, settings, service)
}

/** What the bot has to be told when it is started elsewhere. */
function printStart(output: Output, { bot, project }: DevSettings, service: Service): void {
  const missing = Object.entries(missingVariables(botEnvironment(bot, service), project))
  if (missing.length === 0) return
  output.line(project.hasDotEnv ? '  Start the bot with .env and' : '  Start the bot with')
  output.line()
  // What was given to this command is known to its user, and nobody else's business.
  for (const [name, value] of missing)
    output.line(`    ${name}=${name === 'MicrosoftAppPassword' && !bot.isSecretMadeUp ? '(as given)' : value}`)
  output.line()
}

/** The same for programs. */
export function summaryOf(
  { bot, command, service, showSecret }: DevSettings,
  { url, directLineSecret }: Service,
): object {
  return {
    type: 'started',
    url,
    bot: {
      appId: bot.appId,
      endpoint: bot.endpoint.href,
      ...(bot.tenantId === undefined ? {} : { tenantId: bot.tenantId }),
      ...(command === undefined ? {} : { command }),
    },
    directLine: { url: `${url}/v3/directline`, ...(showSecret ? { secret: directLineSecret } : {}) },
    ...(service.dataFolder === undefined ? {} : { dataFolder: service.dataFolder }),
  }
}
