import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { silentLogger } from '@parley/core'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'
import { ConversationState, MemoryStorage } from '@parley/state'
import { FlightBot } from '../src/bot.ts'
import { MainDialog } from '../src/dialogs/main-dialog.ts'
import { recognizer } from './conversation.ts'

const appId = 'core-bot'
const secret = 'a secret both sides know'

let service: Service
let adapter: CloudAdapter
let server: Server

beforeEach(async () => {
  let listener: ReturnType<typeof createNodeListener> | undefined
  server = createServer((request, response) => listener?.(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const endpoint = `http://127.0.0.1:${port}/api/messages`
  service = await startService({ port: 0, bots: [{ appId, secret, endpoint }] })
  const env = { MicrosoftAppId: appId, MicrosoftAppPassword: secret, ChannelService: service.url }
  adapter = CloudAdapter.fromEnv({ logger: silentLogger }, env)
  const conversationState = new ConversationState(new MemoryStorage())
  listener = createNodeListener(adapter, new FlightBot({ dialog: new MainDialog(recognizer), conversationState }))
})

afterEach(async () => {
  await service.close()
  await adapter.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('a flight is booked over HTTP, with the tokens of both sides', async () => {
  const user = await connect()
  await user.hears(expect.arrayContaining([expect.stringContaining('What can I do for you?')]))
  await user.says('Book a flight from Paris to Berlin on Friday')
  await user.hears(expect.arrayContaining([expect.stringContaining('I need the day, the month and the year')]))
  await user.says('May 3, 2027')
  await user.hears(expect.arrayContaining([expect.stringContaining('You fly from Paris to Berlin on 2027-05-03.')]))
  await user.says('yes')
  await user.hears(expect.arrayContaining(['You are booked from Paris to Berlin on 2027-05-03.']))
})

/** Starts a conversation over Direct Line. */
async function connect(): Promise<{ says(text: string): Promise<void>; hears(texts: unknown): Promise<void> }> {
  const { conversationId, token } = await directLine('POST', '/conversations', service.directLineSecret, {
    user: { id: 'dl_ann' },
  })
  const path = `/conversations/${conversationId}/activities`
  return {
    async says(text) {
      await directLine('POST', path, token, { type: 'message', text, from: { id: 'dl_ann' } })
    },
    async hears(texts) {
      await eventually(async () => {
        const { activities } = await directLine('GET', path, token)
        expect(activities.map(({ text }: { text?: string }) => text ?? '')).toEqual(texts)
      })
    },
  }
}

// oxlint-disable-next-line typescript/no-explicit-any -- JSON of the service
async function directLine(method: string, path: string, credential: string, body?: object): Promise<any> {
  const response = await fetch(`${service.url}/v3/directline${path}`, {
    method,
    headers: { Authorization: `Bearer ${credential}`, 'Content-Type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(response.ok).toBe(true)
  return response.json()
}

/** The bot's messages come in their own time. */
async function eventually(check: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 4000
  for (;;) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
