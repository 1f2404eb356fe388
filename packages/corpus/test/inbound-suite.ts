import { ParleyBots } from '../src/bots/parley-bots.ts'
import type { HostName } from '../src/bots/hosts.ts'
import { loadInboundCases } from '../src/cases/load-inbound.ts'
import { codesOf, isSlow } from '../src/cases/case-facts.ts'
import { playInbound } from '../src/inbound/play-inbound.ts'
import { World } from '../src/world/world.ts'

/** One test for each inbound case, against Parley on one host. */
export function inboundSuite(host: HostName): void {
  describe(`Parley on ${host}`, () => {
    let world: World
    let bots: ParleyBots

    beforeAll(async () => {
      world = await World.start()
      bots = new ParleyBots(world, host)
    })

    afterAll(async () => {
      await bots.close()
      await world.close()
    })

    const cases = loadInboundCases().filter((testCase) => !isSlow(testCase))
    test.each(cases.map((testCase) => [`${testCase.id} ${testCase.title}`, testCase] as const))(
      '%s',
      async (_, testCase) => {
        const bot = await bots.get(testCase.bot ?? 'channel', codesOf(testCase))
        const { verdict, problems } = await playInbound(testCase, bot, world)
        expect({ verdict, problems }).toEqual({ verdict: 'asRequired', problems: [] })
      },
      20_000,
    )
  })
}
