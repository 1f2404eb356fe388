// Runs before anything is installed, so it imports node: built-ins at the top and everything else after the set-up.
import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'
import { build } from './build.mjs'
import { SetupError, ensureInstalled, runScript } from './setup.mjs'
import { superviseBot } from './start/bot-process.mjs'
import { portFromEnv, requireFreePort } from './start/ports.mjs'

const help = `Usage: npm start

Builds what changed, then runs the echo bot and the local service, with a chat page in the browser.

  PORT               port of the bot (3978)
  SERVICE_PORT       port of the service and its chat page (3979)
  DIRECTLINE_SECRET  secret for Direct Line clients (a fresh one)
  LOG_LEVEL          debug, info, warn or error (info)

Both sides get fresh credentials. MicrosoftAppId and MicrosoftAppPassword, when both are set, are used instead. The password
alone goes to the bot only: what a wrong password looks like.
`

await runScript(async () => {
  if (process.argv.includes('--help')) {
    console.log(help)
    return 0
  }
  const ports = { bot: portFromEnv('PORT', 3978), service: portFromEnv('SERVICE_PORT', 3979) }
  ensureInstalled()
  build()
  await requireFreePort(ports.bot, 'PORT')
  await requireFreePort(ports.service, 'SERVICE_PORT')
  return run(ports)
})

/**
 * @param {{ bot: number, service: number }} ports
 * @returns {Promise<number>} The exit code.
 */
async function run(ports) {
  const { openLogs } = await import('./start/logs.mjs')
  const { startService } = await import('@parley/service')
  const stop = stopSignal()
  const logs = openLogs()
  const credentials = credentialsFromEnv()
  const service = await startService({
    port: ports.service,
    bots: [{ ...credentials, name: 'Echo bot', endpoint: `http://127.0.0.1:${ports.bot}/api/messages` }],
    logger: logs.logger('service'),
    ...(process.env['DIRECTLINE_SECRET'] ? { directLineSecret: process.env['DIRECTLINE_SECRET'] } : {}),
  })
  const bot = superviseBot({
    folder: fileURLToPath(new URL('../templates/echo/', import.meta.url)),
    url: `http://127.0.0.1:${ports.bot}/api/messages`,
    env: {
      PORT: String(ports.bot),
      MicrosoftAppId: credentials.appId,
      MicrosoftAppPassword: process.env['MicrosoftAppPassword'] || credentials.secret,
      MicrosoftAppType: 'MultiTenant',
      ChannelService: service.url,
    },
    onOutput: logs.write,
    onEvent: (line) => logs.logger('start').warn({}, line),
  })
  try {
    await Promise.race([Promise.all([bot.ready, answers(service.url)]), bot.failed, stop])
    if (!stop.received) console.log(addresses(ports, service))
    await Promise.race([stop, bot.failed])
    return 0
  } finally {
    await bot.stop()
    await service.close()
    logs.close()
  }
}

/** What the service knows the bot by. */
function credentialsFromEnv() {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: secret } = process.env
  if (appId && secret) return { appId, secret }
  return { appId: randomUUID(), secret: randomBytes(24).toString('base64url') }
}

/** Resolves on the first signal; a second one ends the process at once. */
function stopSignal() {
  const stop = Object.assign(
    new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.on(signal, () => {
          if (stop.received) process.exit(1)
          stop.received = true
          resolve(undefined)
        })
      }
    }),
    { received: false },
  )
  return stop
}

/** @param {string} url */
async function answers(url) {
  const response = await fetch(url)
  if (!response.ok) throw new SetupError(`The chat page answers with ${response.status}; see the log above.`)
}

/**
 * @param {{ bot: number, service: number }} ports
 * @param {{ url: string, directLineSecret: string, bots: readonly { appId: string }[] }} service
 */
function addresses(ports, { url, directLineSecret, bots }) {
  const secret = process.env['DIRECTLINE_SECRET'] ? 'as in DIRECTLINE_SECRET' : directLineSecret
  const rows = [
    ['Chat page', paint(['bold', 'cyan'], url)],
    ['Bot', `http://127.0.0.1:${ports.bot}/api/messages`],
    ['  app id', bots[0]?.appId ?? ''],
    ['Direct Line', `${url}/v3/directline`],
    ['  secret', secret],
  ]
  const lines = rows.map(([name, value]) => `  ${name?.padEnd(13)}${value}`)
  return ['', paint(['bold'], '  Parley is running. Press Ctrl-C to stop.'), '', ...lines, ''].join('\n')
}

/**
 * Colours are for terminals; a log file keeps the plain text.
 *
 * @param {('bold' | 'cyan')[]} format
 * @param {string} text
 */
function paint(format, text) {
  return process.stdout.isTTY ? styleText(format, text) : text
}
