import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BotAdapter, TurnContext } from '@parley/core'
import type { Activity, ResourceResponse } from '@parley/core'
import { ConversationState, MemoryStorage, UserState } from '@parley/state'
import { InspectionMiddleware } from './inspection-middleware.ts'
import type { InspectionCredentials } from './inspection-middleware.ts'
import { InspectionState } from './inspection-state.ts'

/** Keeps what is sent. */
class FakeAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = []

  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities)
    return activities.map(() => ({ id: 'sent' }))
  }

  override async updateActivity(): Promise<void> {}

  override async deleteActivity(): Promise<void> {}

  override async continueConversation(): Promise<void> {}

  async receive(activity: Partial<Activity>, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), logic)
  }
}

interface Call {
  readonly url: string | undefined
  readonly authorization: string | undefined
  readonly body: Partial<Activity>
}

let emulator: Server
let emulatorUrl: string
let status: number
let calls: Call[]
let states: { inspection: InspectionState; user: UserState; conversation: ConversationState }
let adapter: FakeAdapter
let reached: (string | undefined)[]

const user = { channelId: 'test', conversation: { id: 'watched' }, from: { id: 'u' }, recipient: { id: 'bot' } }

function messageOf(activity: object, text: string): Partial<Activity> {
  return { type: 'message', id: '1', text, ...activity } as Partial<Activity>
}

function start(credentials?: InspectionCredentials): void {
  adapter = new FakeAdapter()
  adapter.use(new InspectionMiddleware(states.inspection, states.user, states.conversation, credentials))
}

async function play(activity: Partial<Activity>, logic?: (context: TurnContext) => Promise<void>): Promise<string[]> {
  adapter.sent.length = 0
  await adapter.receive(activity, async (context) => {
    reached.push(context.activity.text)
    await logic?.(context)
  })
  return adapter.sent.map(({ type, text, value }) => (type === 'trace' ? String(value) : (text ?? '')))
}

/** Opens a session at the emulator. Returns the command that attaches to it. */
async function open(): Promise<string> {
  const tool = { channelId: 'emulator', serviceUrl: emulatorUrl, conversation: { id: 'tool' }, from: { id: 'dev' } }
  const [command] = await play(messageOf({ ...tool, recipient: { id: 'bot' } }, '/INSPECT open'))
  return command ?? ''
}

beforeEach(async () => {
  calls = []
  reached = []
  status = 200
  emulator = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url, headers } = request
      calls.push({ url, authorization: headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) })
      response.writeHead(status).end('{"id":"t"}')
    })
  })
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve))
  emulatorUrl = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`
  states = {
    inspection: new InspectionState(new MemoryStorage()),
    user: new UserState(new MemoryStorage()),
    conversation: new ConversationState(new MemoryStorage()),
  }
  start()
})

afterEach(async () => {
  emulator.closeAllConnections()
  await new Promise((resolve) => emulator.close(resolve))
})

test('opening a session answers with the command that attaches to it, as a trace', async () => {
  expect(await open()).toMatch(/^\/INSPECT attach [\da-f-]{36}$/)
  expect(adapter.sent[0]).toMatchObject({
    type: 'trace',
    name: 'Command',
    label: 'Command',
    valueType: 'https://www.botframework.com/schemas/command',
  })
  expect(reached).toEqual([])
})

test('everything that happens in an attached conversation is shown where the session was opened', async () => {
  const attached = await play(messageOf(user, await open()))
  expect(attached).toEqual(['Attached to session, all traffic is being replicated for inspection.'])

  await play(messageOf(user, 'hello'), async (context) => {
    await states.user.createProperty('name').set(context, 'Ann')
    await states.conversation.createProperty('count').set(context, 2)
    await context.sendActivity('hi')
    await context.updateActivity({ type: 'message', id: 'sent', text: 'hi!' })
    await context.deleteActivity('sent')
  })
  expect(reached).toEqual(['hello'])
  expect(adapter.sent.map(({ text }) => text)).toEqual(['hi'])
  const schema = 'https://www.botframework.com/schemas'
  const seen = calls.map(({ body: { name, label, valueType, value } }) => ({ name, label, valueType, value }))
  expect(seen).toMatchObject([
    { name: 'ReceivedActivity', label: 'Received Activity', valueType: `${schema}/activity`, value: { text: 'hello' } },
    { name: 'SentActivity', label: 'Sent Activity', valueType: `${schema}/activity`, value: { text: 'hi' } },
    { name: 'MessageUpdate', label: 'Updated Message', valueType: `${schema}/activity`, value: { text: 'hi!' } },
    {
      name: 'Deleted Message',
      label: 'MessageDelete',
      valueType: `${schema}/conversationReference`,
      value: { activityId: 'sent' },
    },
    {
      name: 'BotState',
      label: 'Bot State',
      valueType: `${schema}/botState`,
      value: { userState: { name: 'Ann' }, conversationState: { count: 2 } },
    },
  ])
  for (const { url, body } of calls) {
    expect(url).toBe('/v3/conversations/tool/activities')
    expect(body).toMatchObject({ type: 'trace', conversation: { id: 'tool' }, recipient: { id: 'dev' } })
  }
})

test('an error of the turn is shown, and stays one', async () => {
  await play(messageOf(user, await open()))
  const failing = play(messageOf(user, 'hello'), async () => {
    throw new Error('bang')
  })
  await expect(failing).rejects.toThrow('bang')
  expect(calls.map(({ body }) => body.name)).toEqual(['ReceivedActivity', 'Turn Error'])
  expect(calls[1]?.body).toMatchObject({
    label: 'TurnError',
    valueType: 'https://www.botframework.com/schemas/error',
    value: 'Error: bang',
  })
})

test('a command after a mention of the bot is one', async () => {
  const command = await open()
  const entities = [{ type: 'mention', text: '<at>Bot</at>', mentioned: { id: 'bot' } }]
  const replies = await play(messageOf({ ...user, entities }, `<at>Bot</at> ${command}`))
  expect(replies).toEqual(['Attached to session, all traffic is being replicated for inspection.'])
})

test.each([['/INSPECT attach nope'], ['/INSPECT attach constructor'], ['/INSPECT attach __proto__']])(
  '%s is answered that there is no such session',
  async (text) => {
    const id = text.split(' ')[2]
    expect(await play(messageOf(user, text))).toEqual([`Open session with id ${id} does not exist.`])
    expect(reached).toEqual([])
  },
)

test.each([['/INSPECT'], ['/INSPECT attach'], ['/INSPECT foo'], ['/inspect open'], ['/INSPECT open now'], ['hello']])(
  '%s is for the bot',
  async (text) => {
    await play(messageOf(user, text))
    expect(reached).toEqual([text])
  },
)

test('a session serves one conversation', async () => {
  const command = await open()
  await play(messageOf(user, command))
  const second = await play(messageOf({ ...user, conversation: { id: 'another' } }, command))
  expect(second[0]).toMatch('does not exist')
})

test.each([
  ['the team, where there is one', { team: { id: 'team' } }, 'elsewhere in the team', 2],
  ['the conversation, without a team', {}, 'elsewhere in the team', 0],
])('in Teams it serves %s', async (_, channelData, conversation, expected) => {
  const teams = { ...user, channelId: 'msteams', channelData }
  await play(messageOf(teams, await open()))
  await play(messageOf({ ...teams, conversation: { id: conversation } }, 'hello'))
  expect(calls).toHaveLength(expected)
})

test('a session that cannot be reached ends, and the turn goes on', async () => {
  await play(messageOf(user, await open()))
  status = 404
  const replies = await play(messageOf(user, 'hello'), async (context) => {
    await context.sendActivity('hi')
  })
  expect(replies).toEqual(['hi'])
  expect(calls).toHaveLength(1)
  status = 200
  await play(messageOf(user, 'hello again'))
  expect(calls).toHaveLength(1)
  expect(reached).toEqual(['hello', 'hello again'])
})

test.each([
  ['a token of their own', { appId: 'app', getToken: async () => 'theirs' }, 'Bearer theirs'],
  ['no app id', { appId: '', appPassword: '' }, undefined],
])('traces are sent with the credentials given: %s', async (_, credentials, expected) => {
  start(credentials)
  await play(messageOf(user, await open()))
  await play(messageOf(user, 'hello'))
  expect(calls.map(({ authorization }) => authorization)).toEqual([expected, expected])
})
