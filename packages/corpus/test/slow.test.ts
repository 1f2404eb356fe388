import { HOST_NAMES } from '../src/bots/hosts.ts'
import { ParleyBots } from '../src/bots/parley-bots.ts'
import { loadInboundCases } from '../src/cases/load-inbound.ts'
import { codesOf, isSlow, playInbound } from '../src/inbound/play-inbound.ts'
import type { CaseResult } from '../src/inbound/verdict.ts'
import { World } from '../src/world/world.ts'

/** Longer than the slowest client waits. */
const TEST_TIMEOUT_MS = 45_000

/** Slow clients take half a minute each; all of them are let loose at once, each on a bot and in a world of its own. */
const cases = HOST_NAMES.flatMap((host) =>
  loadInboundCases()
    .filter(isSlow)
    .map((testCase) => ({ title: `${testCase.id} ${testCase.title}, on ${host}`, host, testCase })),
)

let results: Map<string, Promise<CaseResult>>

beforeAll(() => {
  results = new Map(
    cases.map(({ title, host, testCase }) => {
      const played = async (): Promise<CaseResult> => {
        const world = await World.start()
        const bots = new ParleyBots(world, host)
        try {
          return await playInbound(testCase, await bots.get(testCase.bot ?? 'channel', codesOf(testCase)), world)
        } finally {
          await bots.close()
          await world.close()
        }
      }
      return [title, played()]
    }),
  )
})

test.each(cases.map(({ title }) => title))(
  '%s',
  async (title) => {
    const { verdict, problems } = (await results.get(title))!
    expect({ verdict, problems }).toEqual({ verdict: 'asRequired', problems: [] })
  },
  TEST_TIMEOUT_MS,
)
