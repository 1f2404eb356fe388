import { startService } from '@parley/service'
import { createTestIdentity } from 'test-support/certificate'
import { afterTest, BotHost, startTogether } from './bot-host.ts'
import { CommandRun } from './command-run.ts'
import { examine, refuse, startServer } from './doctor-run.ts'
import type { Examination } from './doctor-run.ts'
import { freePort } from 'test-support/free-port'

jest.setTimeout(60_000)

const TENANT = '9b3e2f4c-0f5d-4a52-8a55-0f1f8b6c2a10'

/** A bot that trusts a local service which does not run, and the variables of both. */
async function startAlone(
  settings: { secret?: string; tenantId?: string } = {},
): Promise<{ bot: BotHost; env: Record<string, string> }> {
  const bot = await BotHost.create()
  const ChannelService = `http://127.0.0.1:${await freePort()}`
  await bot.start(ChannelService, settings)
  return { bot, env: { ...bot.env, ChannelService } }
}

describe('a bot that works with a local service', () => {
  test('is found healthy, with a whole turn, and no secret is shown', async () => {
    const { bot, env } = await startAlone()
    const { code, ok, checks, text } = await examine(['--bot', bot.endpoint], { env })
    expect(checks).toEqual({
      node: expect.stringContaining('ok: v'),
      'app-id': `ok: ${bot.appId}`,
      'app-password': 'ok: set',
      'app-type': 'ok: MultiTenant, because MicrosoftAppType is not set',
      'channel-service': `ok: a local service, ${env['ChannelService']}`,
      dns: 'ok: 127.0.0.1 is an address.',
      tcp: expect.stringMatching(/^ok: 127\.0\.0\.1:\d+ answers in \d+ ms\.$/),
      token: expect.stringMatching(/^ok: 127\.0\.0\.1:\d+ gives one for tenant botframework\.com\.$/),
      endpoint: `ok: ${bot.endpoint} takes POST.`,
      'no-token': 'ok: refused with 401',
      'forged-token': 'ok: refused with 401',
      method: 'ok: refused with 405',
      'bad-bodies': 'ok: refused with a token with 400 and 413',
      'response-time': expect.stringMatching(/^\w+: refuses in \d+ ms/),
      clock: 'ok: The bot and this machine agree.',
      turn: expect.stringMatching(/^ok: The bot says "Echo: hello" to "hello" after \d+ ms\.$/),
    })
    expect([code, ok]).toEqual([0, true])
    // The service was the doctor's own.
    await expect(fetch(env['ChannelService'] ?? '')).rejects.toThrow('fetch failed')
    expect(text).not.toContain(bot.secret)
  })

  test('is found healthy through a parley dev that runs', async () => {
    const { service, bot } = await startTogether()
    const env = { ...bot.env, ChannelService: service.url, DIRECTLINE_SECRET: service.directLineSecret }
    const { code, checks, text } = await examine(['--bot', bot.endpoint], { env })
    expect(checks).toMatchObject({ turn: expect.stringMatching(/^ok: The bot says "Echo: hello"/) })
    expect(code).toBe(0)
    for (const secret of [bot.secret, service.directLineSecret]) expect(text).not.toContain(secret)
  })

  test('is found healthy through a parley dev that runs, also without its secret', async () => {
    const { service, bot } = await startTogether()
    const env = { ...bot.env, ChannelService: service.url }
    const { code, checks } = await examine(['--bot', bot.endpoint.replace('127.0.0.1', 'localhost')], { env })
    expect(checks['turn']).toMatch(/^ok: The bot says "Echo: hello"/)
    expect(code).toBe(0)
  })

  test('is not taken for another bot that a parley dev has', async () => {
    const { service, bot } = await startTogether()
    const { checks } = await examine(['--bot', await startServer(refuse), '--service', service.url])
    expect(checks).not.toHaveProperty('token')
    expect(checks['turn']).toContain(
      `warning: The service at ${service.url} has a bot at ${bot.endpoint}, and not this one.`,
    )
  })

  test('is told to give the secret of something that runs there and is no parley dev', async () => {
    const { bot, env } = await startAlone()
    const ChannelService = new URL(await startServer(refuse)).origin
    const { checks } = await examine(['--bot', bot.endpoint], { env: { ...env, ChannelService } })
    expect(checks['turn']).toMatch(/^warning: A service runs at .* -> Give it as --secret or DIRECTLINE_SECRET\.$/)
  })

  test('is not talked to with --no-turn', async () => {
    const { bot, env } = await startAlone()
    const { checks } = await examine(['--bot', bot.endpoint, '--no-turn'], { env })
    expect(checks).not.toHaveProperty('turn')
    expect(bot.received).toEqual([])
  })

  test('that has another password than .env is told which is wrong', async () => {
    const { bot, env } = await startAlone({ secret: 'a password of last year' })
    const { code, checks, text } = await examine(['--bot', bot.endpoint], { env })
    expect(checks['turn']).toMatch(/^failed: The bot could not answer\. -> .* wrong app password/)
    expect(code).toBe(1)
    expect(text).not.toContain(bot.secret)
  })

  test('that is of one tenant where .env says many is told which setting is wrong', async () => {
    const { bot, env } = await startAlone({ tenantId: TENANT })
    const { checks } = await examine(['--bot', bot.endpoint], { env })
    expect(checks['turn']).toMatch(
      /^failed: The bot could not answer\. -> .* Set MicrosoftAppType to MultiTenant in the bot/,
    )
  })

  test('that says nothing is left with a hint', async () => {
    const bot = await BotHost.create(async () => {})
    const ChannelService = `http://127.0.0.1:${await freePort()}`
    await bot.start(ChannelService)
    const env = { ...bot.env, ChannelService }
    const { code, checks } = await examine(['--bot', bot.endpoint, '--timeout', '3'], { env })
    expect(checks['turn']).toMatch(/^warning: The bot took the message and said nothing within 3 s\./)
    expect(code).toBe(0)
  })
})

test.each([
  ['refuses', async () => (await startTogether()).bot],
  ['cannot check', async () => (await startAlone()).bot],
])('a bot that trusts another service and %s the token of the doctor is not at fault', async (_, start) => {
  const bot = await start()
  const { code, checks } = await examine(['--bot', bot.endpoint], { env: bot.env })
  expect(checks['turn']).toMatch(/^warning: None was run: the bot did not take the token .* -> Rightly so/)
  expect(code).toBe(0)
})

test('a bot that does not run is unreachable', async () => {
  const port = await freePort()
  const { code, ok, checks } = await examine(['--bot', `127.0.0.1:${port}`])
  expect(checks['tcp']).toBe(
    `failed: Nothing answers at 127.0.0.1:${port} (ECONNREFUSED). -> Start the bot, or give its address with --bot.`,
  )
  expect(checks).not.toHaveProperty('endpoint')
  expect([code, ok]).toEqual([3, false])
})

test('a host that does not exist is unreachable', async () => {
  const { code, checks } = await examine(['--bot', 'https://bot.invalid/api/messages'])
  expect(checks['dns']).toMatch(/^failed: bot\.invalid cannot be resolved \(\w+\)\./)
  expect(code).toBe(3)
})

describe('an endpoint', () => {
  test.each([
    [
      'is at another path',
      404,
      /^failed: .* answers POST with 404: there is nothing at that path\. -> Correct the path/,
    ],
    ['takes no POST', 405, /^failed: .* answers POST with 405: what is there takes no POST\. -> Correct the path/],
    [
      'is behind a proxy that cannot reach it',
      502,
      /^failed: .* answers POST with 502\. -> A proxy cannot reach the bot/,
    ],
  ])('that %s is told so, and nothing else', async (_, status, expected) => {
    const endpoint = await startServer((request, response) => {
      request.resume()
      response.writeHead(status).end()
    })
    const { code, checks } = await examine(['--bot', endpoint])
    expect(checks['endpoint']).toMatch(expected)
    expect(checks).not.toHaveProperty('no-token')
    expect(code).toBe(1)
  })

  test('that redirects is told where to, without what may be secret in it', async () => {
    const endpoint = await startServer((_, response) => {
      response.writeHead(308, { Location: 'https://elsewhere.test/api?code=secret' }).end()
    })
    const { checks, text } = await examine(['--bot', endpoint])
    expect(checks['endpoint']).toContain('sends the caller to https://elsewhere.test.')
    expect(text).not.toContain('code=secret')
  })

  test('that is open to everybody fails', async () => {
    const endpoint = await startServer((request, response) => {
      request.resume()
      request.on('end', () => response.writeHead(200).end())
    })
    const { code, checks } = await examine(['--bot', endpoint])
    expect(checks).toMatchObject({
      'no-token': expect.stringMatching(/^failed: It was accepted \(200\): the bot is open\./),
      'forged-token': expect.stringMatching(/^failed: It was accepted \(200\): the bot does not check signatures\./),
      method: expect.stringMatching(/^warning: It is answered with 200/),
      'bad-bodies': expect.stringMatching(
        /^warning: JSON that breaks off and two megabytes, sent without a token, is accepted/,
      ),
    })
    expect(code).toBe(1)
  })

  test('that shows where it failed is told to hide that', async () => {
    const endpoint = await startServer((request, response) => {
      request.resume()
      const { stack } = new Error('no token')
      request.on('end', () => response.writeHead(401).end(JSON.stringify({ stack })))
    })
    const { checks } = await examine(['--bot', endpoint])
    expect(checks['bad-bodies']).toMatch(/^failed: An answer to a bad request has a stack trace in it\./)
  })

  test('that fails on strangers is told so', async () => {
    const endpoint = await startServer((request, response) => {
      request.resume()
      request.on('end', () => response.writeHead(500).end())
    })
    const { checks } = await examine(['--bot', endpoint])
    expect(checks['no-token']).toMatch(/^failed: It was answered with 500, where 401 is right\./)
    expect(checks['forged-token']).toMatch(/^failed: It was answered with 500, where 401 is right\./)
  })

  test('that never answers is told so in the time that is given', async () => {
    const endpoint = await startServer(() => {})
    const { code, checks } = await examine(['--bot', endpoint, '--timeout', '0.3'])
    expect(checks['endpoint']).toMatch(/gives no answer \(timeout\)\./)
    expect(code).toBe(1)
  })

  test.each([
    [
      -600,
      /^failed: The bot's clock is (599|600|601) s behind this machine's\. Bots allow tokens 300 s\. -> Set the clocks/,
    ],
    [120, /^warning: The bot's clock is (119|120|121) s ahead of this machine's\. -> Set the clocks/],
  ])('whose clock is %i s off is told so', async (seconds, expected) => {
    const endpoint = await startServer((request, response) => {
      response.setHeader('Date', new Date(Date.now() + seconds * 1000).toUTCString())
      refuse(request, response)
    })
    const { checks } = await examine(['--bot', endpoint])
    expect(checks['clock']).toMatch(expected)
  })
})

describe('a certificate', () => {
  test.each([
    [
      'that nobody vouches for',
      'localhost',
      undefined,
      /^failed: No authority that this machine knows .*DEPTH_ZERO_SELF_SIGNED_CERT/,
    ],
    [
      'for another name',
      'bot.example.com',
      undefined,
      /^failed: The certificate is for bot\.example\.com, not for localhost\./,
    ],
    ['that has ended', 'localhost', new Date('2024-05-06'), /^failed: The certificate ended on 2024-05-06\./],
  ])('%s fails, and the endpoint is looked at all the same', async (_, name, notAfter, expected) => {
    const identity = createTestIdentity(name, notAfter ? { notAfter } : {})
    const endpoint = (await startServer(refuse, identity)).replace('127.0.0.1', 'localhost')
    const { code, checks } = await examine(['--bot', endpoint])
    expect(checks).toMatchObject({ tls: expect.stringMatching(expected), 'no-token': 'ok: refused with 401' })
    expect(code).toBe(1)
  })

  test('is missed where the address says https and there is http', async () => {
    const endpoint = (await startServer(refuse)).replace('http:', 'https:')
    const { checks } = await examine(['--bot', endpoint])
    expect(checks['tls']).toMatch(/^failed: There is no TLS at 127\.0\.0\.1:\d+ \(\w+\)\. -> Is it http\?/)
  })
})

describe('the login service', () => {
  const appId = '2f1b9a55-7f0f-4c39-9c3b-0d4a8d0f6a11'
  const env = { MicrosoftAppId: appId, MicrosoftAppPassword: 'pass-word-one' }

  async function ask(registered: object, variables: Record<string, string>): Promise<Examination> {
    const bot = { appId, secret: 'pass-word-one', endpoint: 'http://127.0.0.1:9/', ...registered }
    const service = await startService({ port: 0, bots: [bot] })
    afterTest(() => service.close())
    return examine(['--bot', await startServer(refuse), '--no-turn', '--login', service.url], { env: variables })
  }

  test.each([
    [
      'a wrong password',
      { secret: 'another' },
      env,
      /^failed: The password is wrong\. \(AADSTS7000215\) -> Set MicrosoftAppPassword/,
    ],
    [
      'an app nobody knows',
      { appId: 'other' },
      env,
      /^failed: The tenant that was asked does not know the app\. \(AADSTS700016\) -> Check/,
    ],
    [
      'a bot of one tenant that calls itself multi-tenant',
      { tenantId: TENANT },
      { ...env, MicrosoftAppTenantId: TENANT },
      /AADSTS700016\) -> The tenant in MicrosoftAppTenantId does know it: set MicrosoftAppType=SingleTenant\.$/,
    ],
    [
      'a multi-tenant bot that calls itself single-tenant',
      {},
      { ...env, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: TENANT },
      /AADSTS700016\) -> As a multi-tenant bot it is known: set MicrosoftAppType=MultiTenant\.$/,
    ],
    ['a bot that is right', {}, env, /^ok: 127\.0\.0\.1:\d+ gives one for tenant botframework\.com\.$/],
  ])('on %s is explained', async (_, registered, variables, expected) => {
    const { checks, text } = await ask(registered, variables)
    expect(checks['token']).toMatch(expected)
    expect(text).not.toContain('pass-word-one')
  })

  test('is not asked without credentials, and that is told where it was named', async () => {
    const bot = await startServer(refuse)
    const { checks } = await examine(['--bot', bot, '--no-turn', '--login', bot])
    expect(checks['token']).toMatch(/^warning: It was not asked for: /)
  })

  test('that does not answer, or is none, is told', async () => {
    const bot = await startServer(refuse)
    const none = await examine(['--bot', bot, '--no-turn', '--login', bot], { env })
    expect(none.checks['token']).toMatch(/^failed: 127\.0\.0\.1:\d+ answers 401, and not as a login service does\./)
    const login = `http://127.0.0.1:${await freePort()}`
    const away = await examine(['--bot', bot, '--no-turn', '--login', login], { env })
    expect(away.checks['token']).toMatch(/^failed: 127\.0\.0\.1:\d+ gives no answer \(ECONNREFUSED\)\./)
  })
})

test('people get one line per check, with what to do under it', async () => {
  const port = await freePort()
  const run = new CommandRun(['doctor', '--bot', `127.0.0.1:${port}`], { env: { MicrosoftAppId: 'x' } })
  expect(await run.ended).toBe(3)
  expect(run.out).toMatch(/^Looking at http:.*\n\n {2}ok {7}Node version: v/)
  expect(run.out).toContain(
    '\n  failed   App password: MicrosoftAppId is set without a credential.\n           -> Set ',
  )
  expect(run.out).toMatch(/\n\nOf \d checks 2 failed, 1 with a warning\.\n$/)
})

test.each([
  [['--login', 'http://login.test'], '--login must be an https address, or an http one on this machine.'],
  [['--service', 'here'], '--service must be an https address, or an http one on this machine.'],
  [['--timeout', '0'], '--timeout must be a number from 0.1 to 60, not "0".'],
  [['--onlin'], "Unknown option '--onlin'. Did you mean --online?"],
])('doctor %j is a usage error', async (args, message) => {
  const run = new CommandRun(['doctor', ...args])
  expect([await run.ended, run.out, run.err]).toEqual([2, '', `parley doctor: ${message} See parley doctor --help.\n`])
})

test('a doctor that is stopped says so by its exit code', async () => {
  const endpoint = await startServer(() => {})
  const run = new CommandRun(['doctor', '--bot', endpoint])
  run.stop()
  expect(await run.ended).toBe(130)
})
