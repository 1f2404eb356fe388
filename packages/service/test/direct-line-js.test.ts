import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describeWith } from 'test-support/parts'
import { echo } from './stand-in-bot.ts'
import type { Json } from './stand-in-bot.ts'
import { useTogether } from './start-together.ts'
import { temporaryFolder } from './temporary-folder.ts'

const run = promisify(execFile)
const program = join(__dirname, 'direct-line-js-client.cjs')

/** The client Web Chat is made with, and what it needs where there is no browser. */
const PACKAGES = ['botframework-directlinejs@0.15.8', 'xhr2@0.2.1']

describeWith('registry', "Microsoft's client, as it is on npm", () => {
  const together = useTogether(async (activity, bot) => (activity.type === 'invoke' ? 412 : echo(activity, bot)))
  let folder = ''

  beforeAll(async () => {
    folder = temporaryFolder()
    writeFileSync(join(folder, 'package.json'), '{"private":true}')
    const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock']
    await run('npm', ['install', ...flags, ...PACKAGES], { cwd: folder })
  }, 120_000)

  const credentials = async (kind: string): Promise<Json> => {
    if (kind === 'secret') return { secret: together.service.directLineSecret }
    const { body } = await together.directLine.call('POST', '/tokens/generate', { user: { id: 'dl_ada' } })
    return { token: body.token }
  }

  test.each([
    ['WebSocket', 'a token'],
    ['WebSocket', 'a secret'],
    ['polling', 'a token'],
    ['polling', 'a secret'],
  ])('talks over %s with %s', async (transport, credential) => {
    const options = {
      ...(await credentials(credential.slice(2))),
      domain: `${together.service.url}/v3/directline`,
      webSocket: transport === 'WebSocket',
    }
    const { stdout } = await run(process.execPath, [program, folder, JSON.stringify(options)], { timeout: 25_000 })
    const { ids, invoke, sessionId, statuses, seen }: Json = JSON.parse(stdout)
    // Connecting, and online since; nothing else, such as ended.
    expect(statuses).toEqual([0, 1, 2])
    const said = seen.filter(({ text }: Json) => text !== 'Welcome!')
    expect(said.map(({ text }: Json) => text)).toEqual(['one', 'Echo: one', 'two', 'Echo: two'])
    expect([said[0].id, said[2].id]).toEqual(ids)
    expect(said[0].channelData).toEqual({ clientActivityID: 'one' })
    // So a page knows that it has to show the sign-in card.
    expect(invoke).toBe('retry')
    expect(sessionId).toMatch(/^[\w-]{43}$/)
  })
})
