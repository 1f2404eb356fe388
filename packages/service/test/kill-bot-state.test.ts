import { randomInt } from 'node:crypto'
import { eventually } from 'test-support/eventually'
import { ServiceProcess } from './service-process.ts'
import { requestToken } from './stand-in-bot.ts'
import type { Json } from './stand-in-bot.ts'
import { temporaryFolder } from './temporary-folder.ts'

const KILLS = 5
const BAGS = 3
const APP = { appId: 'app', secret: 'an-app-password' }

jest.setTimeout(60_000)

afterEach(() => ServiceProcess.endAll())

/** A bag as the bot knows it: what was acknowledged last, and what was sent after that. */
interface Known {
  readonly path: string
  acknowledged: { data: number | null; eTag: string }
  sent: number
}

type Call = (path: string, body?: object) => Promise<Json>

async function connect(url: string): Promise<Call> {
  const { body } = await requestToken(url, APP.appId, APP.secret)
  return async (path, data) => {
    const response = await fetch(`${url}/v3/botstate/${path}`, {
      method: data ? 'POST' : 'GET',
      headers: { Authorization: `Bearer ${body.access_token}`, 'Content-Type': 'application/json' },
      ...(data ? { body: JSON.stringify(data) } : {}),
    })
    const answer: Json = await response.json()
    expect([response.status, answer]).toEqual([200, answer])
    return answer
  }
}

/** Counts in a bag until the service is gone. */
async function count(call: Call, known: Known): Promise<void> {
  for (;;) {
    known.sent += 1
    const answer = await call(known.path, { data: known.sent, eTag: known.acknowledged.eTag }).catch((error: Error) => {
      // Only that there is no service any more ends the counting; a wrong answer fails the test.
      if (error.name === 'TypeError') return undefined
      throw error
    })
    if (!answer) return
    known.acknowledged = answer
  }
}

/** The bag holds what was acknowledged, or what was sent when the service was killed. */
async function verify(call: Call, known: Known): Promise<void> {
  const { data, eTag } = await call(known.path)
  // Of what was not acknowledged the eTag is not known.
  const possible = [known.acknowledged, { data: known.sent, eTag: data === known.sent ? eTag : '' }]
  expect(possible).toContainEqual({ data, eTag })
  known.acknowledged = { data, eTag }
  known.sent = data ?? 0
}

test(`${KILLS} times kill -9 lose nothing of the bags that was acknowledged, and no eTag`, async () => {
  const folder = temporaryFolder()
  const bags = Array.from({ length: BAGS }, (_, index): Known => {
    return { path: `test/users/${index}`, acknowledged: { data: null, eTag: '*' }, sent: 0 }
  })
  for (let round = 0; round <= KILLS; round += 1) {
    const service = new ServiceProcess(['--port', '0', '--data', folder, '--log-level', 'info'], {
      MicrosoftAppId: APP.appId,
      MicrosoftAppPassword: APP.secret,
    })
    const call = await connect(await service.url())
    for (const known of bags) await verify(call, known)
    const before = bags.map(({ acknowledged }) => acknowledged.eTag)
    const counting = bags.map((known) => count(call, known))
    await eventually(() => bags.forEach(({ acknowledged }, index) => expect(acknowledged.eTag).not.toBe(before[index])))
    await new Promise((resolve) => setTimeout(resolve, randomInt(50)))
    service.kill('SIGKILL')
    expect(await service.ended).toBeNull()
    await Promise.all(counting)
  }
})
