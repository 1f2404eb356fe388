import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Activity, TurnContext } from '@parley/core'
import { MicrosoftAppCredentials } from '../connector/index.ts'
import { ConversationState, MemoryStorage, TestAdapter, UserState } from '../core/index.ts'
import { InspectionMiddleware, InspectionState } from './index.ts'

let emulator: Server
let traces: { activity: Partial<Activity>; authorization: string | undefined }[]
let tool: Partial<Activity>

beforeEach(async () => {
  traces = []
  emulator = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const activity = JSON.parse(Buffer.concat(chunks).toString()) as Partial<Activity>
      traces.push({ activity, authorization: request.headers.authorization })
      response.end('{"id":"trace"}')
    })
  })
  await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve))
  tool = {
    type: 'message',
    channelId: 'emulator',
    serviceUrl: `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`,
    conversation: { id: 'tool' } as Activity['conversation'],
    text: '/INSPECT open',
  }
})

afterEach(async () => {
  emulator.closeAllConnections()
  await new Promise((resolve) => emulator.close(resolve))
})

/** Credentials that need no identity service. */
class Credentials extends MicrosoftAppCredentials {
  override async getToken(): Promise<string> {
    return 'of the bot'
  }
}

test.each([
  ['no credentials', undefined, undefined],
  ['empty credentials', new MicrosoftAppCredentials('', ''), undefined],
  ['credentials', new Credentials('app', 'secret'), 'Bearer of the bot'],
])('a bot of v4 is watched, with %s', async (_, credentials, authorization) => {
  const userState = new UserState(new MemoryStorage())
  const conversationState = new ConversationState(new MemoryStorage())
  const visits = userState.createProperty<number>('visits')
  const logic = async (context: TurnContext): Promise<void> => {
    await visits.set(context, (await visits.get(context, 0)) + 1)
    await context.sendActivity(`you said ${context.activity.text}`)
    await userState.saveChanges(context)
  }
  const bot = new TestAdapter(logic, undefined, true)
  const state = new InspectionState(new MemoryStorage())
  bot.use(new InspectionMiddleware(state, userState, conversationState, credentials))

  await bot.receiveActivity(tool)
  const command = String(bot.activeQueue.shift()?.value)
  await bot.send(command).assertReply('Attached to session, all traffic is being replicated for inspection.')
  await bot.send('hello').assertReply('you said hello')

  expect(traces.map(({ activity }) => activity.name)).toEqual(['ReceivedActivity', 'SentActivity', 'BotState'])
  expect(traces[2]?.activity.value).toMatchObject({ userState: { visits: 1 }, conversationState: {} })
  expect(new Set(traces.map((trace) => trace.authorization))).toEqual(new Set([authorization]))
})
