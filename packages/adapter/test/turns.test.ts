import { CloudAdapter } from '@parley/adapter'
import { silentLogger, TurnContext } from '@parley/core'
import type { ConversationReference } from '@parley/core'
import { gate, request, Road } from './road.ts'

let road: Road

beforeEach(async () => {
  road = await Road.open()
})

afterEach(() => road.close())

const say = (text: string) => async (context: TurnContext) => {
  await context.sendActivity(text)
}

describe('an activity that is delivered again', () => {
  test('runs one turn for five deliveries, all answered with 200', async () => {
    const message = road.channel.message()
    const answers = [await road.deliver(message, say('once'))]
    for (let again = 0; again < 4; again += 1) answers.push(await road.deliver(message, say('once')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(road.channel.texts).toEqual(['once'])
  })

  test('waits for the turn that is still running and gets its answer, for invokes too', async () => {
    const { opened, open } = gate()
    let turns = 0
    const logic = async (context: TurnContext): Promise<void> => {
      turns += 1
      await opened
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: { turn: turns } } })
    }
    const invoke = road.channel.message({ type: 'invoke', name: 'x' })
    const deliveries = [road.deliver(invoke, logic), road.deliver(invoke, logic)]
    open()
    const answers = await Promise.all(deliveries)
    expect(answers.map(({ body }) => body)).toEqual(['{"turn":1}', '{"turn":1}'])
  })

  test('runs again when the first turn failed', async () => {
    const message = road.channel.message()
    const failing = async (): Promise<void> => {
      throw new Error('first time')
    }
    expect((await road.deliver(message, failing)).status).toBe(500)
    expect((await road.deliver(message, say('second time'))).status).toBe(200)
    expect(road.channel.texts).toEqual(['second time'])
  })

  test.each([
    ['conversation', { conversation: { id: 'another', isGroup: false, conversationType: '', name: '' } }],
    ['channel', { channelId: 'msteams' }],
  ])('is another activity in another %s', async (_, fields) => {
    const message = road.channel.message()
    await road.deliver(message, say('one'))
    await road.deliver({ ...message, ...fields }, say('two'))
    expect(road.channel.texts).toEqual(['one', 'two'])
  })
})

describe('turns of one conversation', () => {
  test('run one at a time, in order of arrival', async () => {
    const order: string[] = []
    let running = 0
    const logic = async (context: TurnContext): Promise<void> => {
      expect((running += 1)).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      order.push(context.activity.text)
      running -= 1
    }
    const texts = ['a', 'b', 'c', 'd', 'e']
    await Promise.all(texts.map((text) => road.deliver(road.channel.message({ text }), logic)))
    expect(order).toEqual(texts)
  })

  test('do not wait when they are invokes', async () => {
    const { opened, open } = gate()
    const slow = road.deliver(road.channel.message(), () => opened)
    const invoke = await road.deliver(road.channel.message({ type: 'invoke', name: 'x' }), async () => {})
    expect(invoke.status).toBe(501)
    open()
    await slow
  })

  test('a turn that fails does not stop the next', async () => {
    const failing = road.deliver(road.channel.message(), async () => {
      throw new Error('no')
    })
    const next = road.deliver(road.channel.message(), say('still here'))
    expect([(await failing).status, (await next).status]).toEqual([500, 200])
  })

  test('more than a hundred that wait are refused with 503 and a time to come back', async () => {
    const { opened, open } = gate()
    const deliveries = Array.from({ length: 103 }, () => road.deliver(road.channel.message(), () => opened))
    const last = await deliveries.at(-1)
    expect([last?.status, last?.headers['Retry-After']]).toEqual([503, '5'])
    open()
    await Promise.all(deliveries)
  })
})

describe('a turn that takes long', () => {
  test('is answered with 202 while it goes on, and shows typing', async () => {
    await road.close()
    road = await Road.open({ acknowledgeAfterMs: 100 })
    const { opened, open } = gate()
    const done = gate()
    const answer = await road.deliver(road.channel.message(), async (context) => {
      await opened
      await context.sendActivity('at last')
      done.open()
    })
    expect(answer.status).toBe(202)
    open()
    await done.opened
    expect(road.channel.calls.map(({ body }) => body.text ?? body.type)).toEqual(['typing', 'at last'])
  })
})

describe('what is sent after the turn', () => {
  test('is delivered, and logged once with what to do', async () => {
    let late: TurnContext | undefined
    await road.deliver(road.channel.message(), async (context) => {
      late = context
    })
    await late?.sendActivity('late')
    await late?.sendActivity('later')
    expect(road.channel.texts).toEqual(['late', 'later'])
    expect(road.log.lines.filter(({ facts }) => facts['ev'] === 'send.late')).toHaveLength(1)
  })

  test('is delivered through the channel when the turn had answered with its replies', async () => {
    let late: TurnContext | undefined
    await road.deliver(road.channel.message({ deliveryMode: 'expectReplies' }), async (context) => {
      late = context
    })
    await late?.sendActivity('late')
    expect(road.channel.texts).toEqual(['late'])
  })
})

describe('a turn that fails', () => {
  const failing = async (): Promise<void> => {
    throw new Error('why it failed')
  }

  test('is answered with 500 and logged with its cause', async () => {
    expect((await road.deliver(road.channel.message(), failing)).status).toBe(500)
    const line = road.log.lines.find(({ facts }) => facts['ev'] === 'turn.failed')
    expect(line?.facts).toMatchObject({ code: 'TURN_FAILED', err: { message: 'why it failed' } })
  })

  test('is answered with 200 when onTurnError takes care of it', async () => {
    road.adapter.onTurnError = async (context, error) => {
      await context.sendActivity(`sorry: ${error.message}`)
    }
    expect((await road.deliver(road.channel.message(), failing)).status).toBe(200)
    expect(road.channel.texts).toEqual(['sorry: why it failed'])
  })

  test('is answered with 500 when onTurnError fails too, and both causes are logged', async () => {
    road.adapter.onTurnError = async () => {
      throw new Error('the handler failed')
    }
    expect((await road.deliver(road.channel.message(), failing)).status).toBe(500)
    const line = road.log.lines.find(({ facts }) => facts['ev'] === 'turn.failed')
    expect(line?.facts['err']).toMatchObject({
      message: expect.stringContaining('the handler failed'),
      cause: { message: 'why it failed' },
    })
  })

  test('by throwing something that is not an error is answered with 500', async () => {
    const answer = await road.deliver(road.channel.message(), async () => {
      throw 'a string' // oxlint-disable-line no-throw-literal -- bots do
    })
    expect(answer.status).toBe(500)
  })
})

describe('speaking first', () => {
  const reference = async (): Promise<Partial<ConversationReference>> => {
    let taken: Partial<ConversationReference> = {}
    await road.deliver(road.channel.message(), async ({ activity }) => {
      taken = TurnContext.getConversationReference(activity)
    })
    return JSON.parse(JSON.stringify(taken)) as Partial<ConversationReference>
  }

  test('a stored conversation is continued', async () => {
    await road.adapter.continueConversationAsync(road.channel.appId, await reference(), say('reminder'))
    expect(road.channel.calls).toMatchObject([
      { path: '/v3/conversations/conversation/activities', body: { text: 'reminder', recipient: { id: 'user' } } },
    ])
  })

  test('inside a turn of the same conversation it does not wait for itself', async () => {
    const stored = await reference()
    const answer = await road.deliver(road.channel.message(), async () => {
      await road.adapter.continueConversation(stored, say('from inside'))
    })
    expect([answer.status, road.channel.texts]).toEqual([200, ['from inside']])
  })

  test('an address no token has vouched for is refused, and no token goes there', async () => {
    const foreign = { ...(await reference()), serviceUrl: 'https://evil.example/' }
    const attempt = road.adapter.continueConversation(foreign, say('secret'))
    await expect(attempt).rejects.toMatchObject({ code: 'ADAPTER_SERVICE_URL_UNTRUSTED' })
    expect(road.channel.calls).toEqual([])
  })

  test('an address the operator lists is spoken to before anything came from there', async () => {
    const stored = await reference()
    const { appId, appPassword, cloud, url } = road.channel
    const restarted = new CloudAdapter({ appId, appPassword, cloud, trustedServiceUrls: [url], logger: silentLogger })
    await restarted.continueConversation(stored, say('after a restart'))
    await restarted.close()
    expect(road.channel.texts).toEqual(['after a restart'])
  })

  test.each([
    ['serviceUrl', { serviceUrl: '' }],
    ['channelId', { channelId: '' }],
    ['conversation.id', { conversation: undefined }],
  ])('a reference without %s is refused by name', async (name, hole) => {
    const broken = { ...(await reference()), ...hole } as Partial<ConversationReference>
    const attempt = road.adapter.continueConversation(broken, say('x'))
    await expect(attempt).rejects.toMatchObject({
      code: 'ADAPTER_REFERENCE_INCOMPLETE',
      message: expect.stringContaining(name),
    })
  })

  test('a conversation is created, and its first turn is the event CreateConversation', async () => {
    await reference()
    const { appId, url } = road.channel
    const parameters = { isGroup: false, members: [{ id: 'user', name: 'Ann' }], bot: { id: 'bot', name: 'Bot' } }
    let name: string | undefined
    await road.adapter.createConversationAsync(appId, 'webchat', url, '', parameters, async (context) => {
      name = context.activity.name
      await context.sendActivity('hello there')
    })
    expect(name).toBe('CreateConversation')
    expect(road.channel.calls).toMatchObject([
      { path: '/v3/conversations', body: parameters },
      { path: '/v3/conversations/created/activities', body: { text: 'hello there' } },
    ])
  })
})

describe('updating and deleting', () => {
  test('go to the activity that was sent', async () => {
    await road.deliver(road.channel.message(), async (context) => {
      const sent = await context.sendActivity('draft')
      await context.updateActivity({ type: 'message', id: sent!.id, text: 'final' })
      await context.deleteActivity(sent!.id)
    })
    expect(road.channel.calls.map(({ method, path }) => [method, path.split('/').pop()])).toEqual([
      ['POST', expect.stringMatching(/^activity-/)],
      ['PUT', 'sent-1'],
      ['DELETE', 'sent-1'],
    ])
  })
})

describe('closing', () => {
  test('lets running turns end and answers new ones with 503', async () => {
    const { opened, open } = gate()
    const running = road.deliver(road.channel.message(), async (context) => {
      await opened
      await context.sendActivity('finished')
    })
    await new Promise((resolve) => setImmediate(resolve))
    const closed = road.adapter.close()
    const refused = await road.deliver(road.channel.message(), say('too late'))
    open()
    await closed
    expect([(await running).status, refused.status, refused.headers['Retry-After']]).toEqual([200, 503, '1'])
    expect(road.channel.texts).toEqual(['finished'])
  })
})

describe('without an app id', () => {
  const anonymous = (options = {}): CloudAdapter => new CloudAdapter({ logger: silentLogger, ...options })
  const message = JSON.stringify({
    type: 'message',
    id: '1',
    channelId: 'emulator',
    serviceUrl: 'http://127.0.0.1:3979',
    from: { id: 'user' },
    conversation: { id: 'c' },
    text: 'hi',
  })

  test.each([
    ['this machine', { remoteAddress: '127.0.0.1' }, {}, 200],
    ['this machine over IPv6', { remoteAddress: '::ffff:127.0.0.1' }, {}, 200],
    ['another machine', { remoteAddress: '192.0.2.7' }, {}, 403],
    ['an unknown address', {}, {}, 403],
    ['another machine, when that is allowed', { remoteAddress: '192.0.2.7' }, { allowAnonymous: true }, 200],
  ])('a message from %s', async (_, facts, options, status) => {
    const adapter = anonymous(options)
    const answer = await adapter.handle(request(message, undefined, facts), async () => {})
    await adapter.close()
    expect(answer.status).toBe(status)
  })

  test('a message that a proxy on this machine passes on is refused', async () => {
    const adapter = anonymous()
    const forwarded = request(message, undefined, {
      remoteAddress: '127.0.0.1',
      header: (name) => ({ 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7' })[name],
    })
    const answer = await adapter.handle(forwarded, async () => {})
    await adapter.close()
    expect(answer.status).toBe(403)
  })
})

describe('metrics', () => {
  test('count what was refused, run, repeated and failed', async () => {
    const message = road.channel.message()
    await road.deliver(message, say('once'))
    await road.deliver(message, say('once'))
    await road.deliver(road.channel.message(), async () => {
      throw new Error('no')
    })
    await road.adapter.handle(request('{}'), say('never'))
    await road.deliver({ ...road.channel.message(), type: '' }, say('never'))
    expect(road.adapter.metrics()).toEqual({
      refused: { AUTH_MISSING: 1, BODY_TYPE: 1 },
      turns: 2,
      failed: 1,
      repeated: 1,
      acknowledged: 0,
      takenOver: 0,
      maybeSent: 0,
      running: 0,
    })
  })
})
