import { CloudAdapter } from '@parley/adapter'
import type { Answer, CloudAdapterOptions } from '@parley/adapter'
import type { TurnContext } from '@parley/core'
import { Road } from './road.ts'

let road: Road

beforeEach(async () => {
  road = await Road.open()
})

afterEach(() => road.close())

/** Delivers one activity until it is accepted, and has the bot do something else in each run. */
async function deliverWith(...runs: ((context: TurnContext) => Promise<unknown>)[]): Promise<Answer[]> {
  const activity = road.channel.message()
  const answers: Answer[] = []
  for (const run of runs) answers.push(await road.deliver(activity, async (context) => void (await run(context))))
  return answers
}

const fail = (): never => {
  throw new Error('the state could not be saved')
}

describe('a turn that failed and is delivered again, without a storage', () => {
  test('does not say again what it said', async () => {
    const say = (context: TurnContext): Promise<unknown> => context.sendActivities([{ text: 'one' }, { text: 'two' }])

    const answers = await deliverWith((context) => say(context).then(fail), say, say)

    expect(answers.map(({ status }) => status)).toEqual([500, 200, 200])
    expect(road.channel.texts).toEqual(['one', 'two'])
  })

  test('gives the bot the id under which its reply is known', async () => {
    const ids: (string | undefined)[] = []
    const say = async (context: TurnContext): Promise<void> => {
      ids.push((await context.sendActivity('one'))?.id)
    }

    await deliverWith((context) => say(context).then(fail), say)

    expect(ids).toEqual(['sent-1', 'sent-1'])
  })

  test('says what it did not say before, in the place of something else too', async () => {
    await deliverWith(
      (context) => context.sendActivity('the database is down').then(fail),
      (context) => context.sendActivity('the answer').then(fail),
      (context) => context.sendActivities([{ text: 'the answer' }, { text: 'and more' }]),
    )

    expect(road.channel.texts).toEqual(['the database is down', 'the answer', 'and more'])
  })

  test('is not silenced by what onTurnError said', async () => {
    road.adapter.onTurnError = async (context) => {
      await context.sendActivity('sorry')
      fail()
    }

    await deliverWith(fail, fail, (context) => context.sendActivity('the answer'))

    expect(road.channel.texts).toEqual(['sorry', 'the answer'])
  })

  test('sends what could not be sent', async () => {
    const say = (context: TurnContext): Promise<unknown> => context.sendActivity('one')
    road.channel.connectorStatus = 403
    await deliverWith(say)
    const activity = road.channel.message({ id: 'activity-1' })
    road.channel.connectorStatus = 200

    const answer = await road.deliver(activity, async (context) => void (await say(context)))

    expect(answer.status).toBe(200)
    expect(road.channel.texts).toEqual(['one', 'one'])
  })
})

test('no key is sent without a storage, because nobody would send a second time', async () => {
  await deliverWith((context) => context.sendActivity('one'))

  expect(road.channel.calls[0]?.idempotencyKey).toBeUndefined()
})

test.each<[keyof CloudAdapterOptions, string]>([
  ['maybeSent', 'drop'],
  ['onTurnStorageFailure', 'ignore'],
])('%s must be one of its values', (name, value) => {
  expect(() => new CloudAdapter({ [name]: value })).toThrow(
    expect.objectContaining({ code: 'ADAPTER_OPTIONS_INVALID' }),
  )
})
