import type { Logger } from '@parley/core'
import { TestStream } from './direct-line-client.ts'
import { sendRaw } from './raw-http.ts'
import { echo } from './stand-in-bot.ts'
import { startTogether, stopAll } from './start-together.ts'

afterEach(stopAll)

/** Keeps every line, with everything in it. */
function keepingLogger(lines: string[]): Logger {
  const keep = (facts: unknown, message?: string): void => {
    lines.push(
      JSON.stringify([facts, message], (_key, value: unknown) => (value instanceof Error ? about(value) : value)),
    )
  }
  return { debug: keep, info: keep, warn: keep, error: keep }
}

const about = ({ message, stack, cause, ...facts }: Error): unknown => ({ message, stack, cause, ...facts })

test('no log line of any level has a token, a secret or what was said, nor anything that is not to be printed', async () => {
  const lines: string[] = []
  const { service, bot, directLine } = await startTogether(echo, { logger: keepingLogger(lines) })
  const { conversationId, streamUrl, client } = await directLine.start({ user: { id: 'dl_ada' } })
  const streamToken = new URL(streamUrl).searchParams.get('t') ?? ''
  const access = service.identity.mintAccessToken(bot.appId)
  const { token: userToken } = service.userTokens.signIn({ appId: bot.appId, userId: 'dl_ada' })
  const spoken = 'what-was-said'

  const stream = new TestStream(streamUrl)
  await client.say(conversationId, spoken)
  await stream.has(3)
  stream.socket.terminate()
  const foreign = new TestStream(streamUrl.replace(conversationId, 'another'))
  await foreign.end()
  const signInLink = await fetch(`${service.url}/api/botsignin/GetSignInUrl?state=secret-state`, {
    headers: { Authorization: `Bearer ${access}` },
  })
  await signInLink.text()
  // Where they do not belong.
  const { host } = new URL(service.url)
  for (const credential of [service.directLineSecret, client.credential, access, userToken, bot.secret]) {
    for (const path of [
      `/v3/directline/conversations?t=${credential}`,
      `/nowhere?${credential}`,
      `/sign-in?link=${credential}`,
    ]) {
      await fetch(`${service.url}${path}`)
    }
    await sendRaw(
      service.url,
      `GET /v3/conversations HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Basic ${credential}\r\n\r\n`,
    )
  }
  await sendRaw(service.url, `GET /\x9b2Jx\x80?\x9b=1 HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await fetch(`${service.url}/x?a%0d%0alevel=fatal&%1b[2J&%e2%80%a8`)
  bot.turn = () => 500
  await client.say(conversationId, spoken)
  bot.expectedAppId = 'another'
  await client.say(conversationId, spoken)

  expect(lines.length).toBeGreaterThan(20)
  const log = lines.join('\n')
  for (const secret of [
    service.directLineSecret,
    bot.secret,
    spoken,
    'secret-state',
    ...[streamToken, client.credential, access, userToken, ...bot.tokens].flatMap((token) => token.split('.').slice(1)),
  ]) {
    expect([secret, log.includes(secret)]).toEqual([secret, false])
  }
  // As JSON has it, but for ends of lines in stacks.
  expect(lines.filter((line) => /\\u00[01]|\\r|[\u007f-\u009f\u2028\u2029]/.test(line))).toEqual([])
})
