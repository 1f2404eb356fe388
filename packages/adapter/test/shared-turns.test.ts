import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CloudAdapterOptions } from '@parley/adapter'
import { ActivityTypes, DeliveryModes } from '@parley/core'
import type { Activity, TurnContext } from '@parley/core'
import { newOwnerName } from '@parley/state/internal'
import { HostsTogether } from './hosts-together.ts'
import { gate } from './road.ts'

let hosts: HostsTogether

const open = async (options?: CloudAdapterOptions, count?: number): Promise<HostsTogether> =>
  (hosts = await HostsTogether.open(options, count))

afterEach(() => hosts.close())

/** The name of an owner of this machine that has ended. */
function deadOwner(): string {
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  return newOwnerName().replace(/^\d+/, String(pid))
}

/** Stores the turn of an activity as a host that has it would. */
async function storeTurn(activity: Partial<Activity>, turn: object): Promise<void> {
  const sender = hosts.channel.cloud.callerId
  const delivery = JSON.stringify([sender, activity.channelId, activity.conversation?.id, activity.id])
  const key = `turns/${createHash('sha256').update(delivery).digest('hex')}`
  const item = { state: 'running', leaseUntil: Date.now() + 15_000, sends: {}, expiresAt: Date.now() + 600_000 }
  await hosts.storage.write({ [key]: { ...item, ...turn } })
}

describe('deliveries of one activity to two hosts', () => {
  test.each<[string, Partial<Activity>, number, string | undefined]>([
    ['message', {}, 200, undefined],
    ['invoke', { type: ActivityTypes.Invoke, name: 'x' }, 207, '{"number":1}'],
  ])('a %s delivered five times at once has one turn, and all get its answer', async (_, fields, status, body) => {
    await open()
    const activity = hosts.channel.message(fields)
    let turns = 0
    const logic = async (context: TurnContext): Promise<void> => {
      turns += 1
      await sleep(30)
      await context.sendActivity('hello')
      const value = { status: 207, body: { number: turns } }
      if (activity.type === 'invoke') await context.sendActivity({ type: ActivityTypes.InvokeResponse, value })
    }

    const answers = await Promise.all([0, 1, 0, 1, 0].map((host) => hosts.deliver(host, activity, logic)))
    answers.push(await hosts.deliver(1, activity, logic))

    expect(answers.map((answer) => [answer.status, answer.body])).toEqual(answers.map(() => [status, body]))
    expect(turns).toBe(1)
    expect(hosts.channel.texts).toEqual(['hello'])
  })

  test('expected replies are the same from a host that did not run the turn', async () => {
    await open()
    const activity = hosts.channel.message({ deliveryMode: DeliveryModes.ExpectReplies })

    const [first, second] = [
      await hosts.deliver(0, activity, (context) => context.sendActivity('a').then(() => {})),
      await hosts.deliver(1, activity, () => Promise.reject(new Error('not again'))),
    ]

    expect(first.body).toContain('"a"')
    expect(second).toEqual(first)
  })

  test('a turn that failed on one host runs again on another, without its replies', async () => {
    await open()
    const activity = hosts.channel.message()
    let runs = 0
    const logic = async (context: TurnContext): Promise<void> => {
      runs += 1
      await context.sendActivity('one')
      if (runs === 1) throw new Error('the state could not be saved')
      await context.sendActivity('two')
    }

    expect((await hosts.deliver(0, activity, logic)).status).toBe(500)
    expect((await hosts.deliver(1, activity, logic)).status).toBe(200)

    expect(hosts.channel.texts).toEqual(['one', 'two'])
  })

  test('a turn that was answered before its end is answered so by the other host, and not run there', async () => {
    await open({ acknowledgeAfterMs: 100 })
    const activity = hosts.channel.message()
    const { opened, open: finish } = gate()
    let runs = 0
    const logic = async (context: TurnContext): Promise<void> => {
      runs += 1
      await opened
      await context.sendActivity('late')
    }

    expect((await hosts.deliver(0, activity, logic)).status).toBe(202)
    expect((await hosts.deliver(1, activity, logic)).status).toBe(202)
    finish()
    while (hosts.storage.turns()[0]?.['state'] !== 'done') await sleep(5)

    expect(runs).toBe(1)
    expect(hosts.channel.texts).toEqual([undefined, 'late'])
  })

  test('a delivery does not wait for another host longer than channels do', async () => {
    await open({ acknowledgeAfterMs: 100 })
    const activity = hosts.channel.message()
    await storeTurn(activity, { owner: newOwnerName() })

    const answer = await hosts.deliver(0, activity, () => Promise.reject(new Error('not here')))

    expect(answer).toMatchObject({ status: 503, headers: { 'Retry-After': '1' } })
    expect(hosts.logged()).toContain('TURN_RUNS_ELSEWHERE')
  })

  test('an answer of more than 256 KiB is not stored, and the log says so', async () => {
    await open()
    const activity = hosts.channel.message({ deliveryMode: DeliveryModes.ExpectReplies })

    await hosts.deliver(0, activity, (context) => context.sendActivity('x'.repeat(300_000)).then(() => {}))

    expect(hosts.storage.turns()).toMatchObject([{ state: 'open', sends: {} }])
    expect(hosts.logged()).toContain('turn.answer_too_large')
  })

  test('nothing of the activity can be read from the key of its turn', async () => {
    await open()
    await hosts.deliver(0, hosts.channel.message({ id: 'secret-id' }), () => Promise.resolve())

    expect(JSON.stringify(hosts.storage.items)).not.toContain('secret-id')
  })
})

describe('a turn of a host that was killed', () => {
  test('runs again at once, and sends what is missing', async () => {
    await open()
    const activity = hosts.channel.message()
    await storeTurn(activity, { owner: deadOwner(), sends: { 'message 0': { id: 'sent-before' } } })
    const ids: (string | undefined)[] = []

    const answer = await hosts.deliver(0, activity, async (context) => {
      ids.push((await context.sendActivity('one'))?.id)
      ids.push((await context.sendActivity('two'))?.id)
    })

    expect(answer.status).toBe(200)
    expect(ids).toEqual(['sent-before', 'sent-1'])
    expect(hosts.channel.texts).toEqual(['two'])
    expect(hosts.adapters[0]!.metrics()).toMatchObject({ takenOver: 1, maybeSent: 0 })
  })

  test('runs again when its lease is over, wherever it was', async () => {
    await open()
    const activity = hosts.channel.message()
    await storeTurn(activity, { owner: 'of another machine', leaseUntil: Date.now() - 1 })

    const answer = await hosts.deliver(0, activity, (context) => context.sendActivity('hello').then(() => {}))

    expect(answer.status).toBe(200)
    expect(hosts.channel.texts).toEqual(['hello'])
  })

  test.each([
    ['resend', 'at least', ['hello'], 'sent-1'],
    ['skip', 'at most', [], ''],
  ] as const)('with %s a reply that may have been sent is sent %s once', async (maybeSent, _, texts, id) => {
    await open({ maybeSent })
    const activity = hosts.channel.message()
    await storeTurn(activity, { owner: deadOwner(), sends: { 'message 0': {} } })
    let got: string | undefined

    await hosts.deliver(0, activity, async (context) => {
      got = (await context.sendActivity('hello'))?.id
    })

    expect(hosts.channel.texts).toEqual(texts)
    expect(got).toBe(id)
    expect(hosts.adapters[0]!.metrics().maybeSent).toBe(1)
    expect(hosts.logged()).toContain('send.maybe_sent')
  })

  test('a reply sent again carries the key of the first time, each reply one of its own', async () => {
    await open()
    const activity = hosts.channel.message()
    const logic = async (context: TurnContext): Promise<void> => {
      await context.sendActivities([{ text: 'one' }, { text: 'two' }])
    }
    await hosts.deliver(0, activity, logic)
    await storeTurn(activity, { owner: deadOwner(), sends: { 'message 0': {}, 'message 1': {} } })

    await hosts.deliver(1, activity, logic)

    const keys = hosts.channel.calls.map(({ idempotencyKey }) => idempotencyKey)
    expect(keys).toEqual([keys[0], keys[1], keys[0], keys[1]])
    expect(new Set(keys).size).toBe(2)
    expect(keys[0]).toMatch(/^"[0-9a-f]{32}"$/)
  })
})

describe('a host that lost its turn while it was silent', () => {
  test('sends nothing more, and changes nothing of what is stored', async () => {
    await open()
    const activity = hosts.channel.message()
    const { opened, open: goOn } = gate()
    const begun = gate()
    const silent = hosts.deliver(0, activity, async (context) => {
      begun.open()
      await opened
      await context.sendActivity('from the silent host')
    })
    await begun.opened
    await storeTurn(activity, { owner: 'somebody else', eTag: '*' })
    const before = JSON.stringify(hosts.storage.turns())

    goOn()

    expect((await silent).status).toBe(503)
    expect(hosts.logged()).toContain('ADAPTER_TURN_TAKEN_OVER')
    expect(hosts.channel.texts).toEqual([])
    expect(JSON.stringify(hosts.storage.turns())).toBe(before)
  })
})

describe('while the storage of turns is down', () => {
  test('activities are refused, to be delivered again', async () => {
    await open()
    hosts.storage.trouble = 'fails'
    const activity = hosts.channel.message()
    const logic = (context: TurnContext): Promise<void> => context.sendActivity('hello').then(() => {})

    const refused = await hosts.deliver(0, activity, logic)
    hosts.storage.trouble = 'none'
    const accepted = await hosts.deliver(0, activity, logic)

    expect(refused).toMatchObject({ status: 503, headers: { 'Retry-After': '5' } })
    expect(hosts.logged()).toContain('TURN_STORAGE_FAILED')
    expect(hosts.adapters[0]!.metrics()).toMatchObject({ turns: 1, repeated: 0 })
    expect(accepted.status).toBe(200)
    expect(hosts.channel.texts).toEqual(['hello'])
  })

  test('with `continue` they are answered, once by each host', async () => {
    await open({ onTurnStorageFailure: 'continue' })
    hosts.storage.trouble = 'fails'
    const activity = hosts.channel.message()
    const logic = (context: TurnContext): Promise<void> => context.sendActivity('hello').then(() => {})

    const answers = [await hosts.deliver(0, activity, logic), await hosts.deliver(0, activity, logic)]

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(hosts.channel.texts).toEqual(['hello'])
    expect(hosts.logged()).toContain('ADAPTER_TURN_STORAGE')
  })

  test.each([
    ['refuse', 503, []],
    ['continue', 200, ['hello']],
  ] as const)('and a turn has begun, %s answers %i', async (onTurnStorageFailure, status, texts) => {
    await open({ onTurnStorageFailure })

    const answer = await hosts.deliver(0, hosts.channel.message(), async (context) => {
      hosts.storage.trouble = 'fails'
      await context.sendActivity('hello')
    })

    expect(answer.status).toBe(status)
    expect(hosts.channel.texts).toEqual(texts)
  })

  test('a turn that ended well is answered well, because an error would make it run again', async () => {
    await open()

    const answer = await hosts.deliver(0, hosts.channel.message(), async (context) => {
      await context.sendActivity('hello')
      hosts.storage.trouble = 'fails'
    })

    expect(answer.status).toBe(200)
    expect(hosts.logged()).toContain('turn.not_recorded')
  })

  test('a storage that does not answer counts as down after 3 s', async () => {
    await open()
    hosts.storage.trouble = 'hangs'

    const answer = await hosts.deliver(0, hosts.channel.message(), () => Promise.resolve())

    expect(answer.status).toBe(503)
    expect(hosts.log.lines.map(({ facts }) => JSON.stringify(facts)).join()).toContain('TURN_STORAGE_FAILED')
  })
})
