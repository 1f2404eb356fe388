import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudAdapter } from '@parley/adapter'
import { createNodeListener } from '@parley/adapter/node'
import { localCloud } from '@parley/auth'
import { ActivityHandler, silentLogger } from '@parley/core'
import { DialogSet, OAuthPrompt, WaterfallDialog } from '@parley/dialogs'
import { startService } from '@parley/service'
import type { Service } from '@parley/service'
import { ConversationState, MemoryStorage } from '@parley/state'
import { DirectLineClient } from './direct-line-client.ts'
import { eventually } from 'test-support/eventually'
import type { Json } from './stand-in-bot.ts'
import { Visitor, codeOn } from './visitor.ts'

const appId = 'oauth-prompt-bot'
const secret = 'a secret both sides know'

let service: Service
let adapter: CloudAdapter
let server: Server
let client: DirectLineClient
let conversationId: string

beforeEach(async () => {
  let listener: ReturnType<typeof createNodeListener> | undefined
  server = createServer((request, response) => listener?.(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  service = await startService({ port: 0, bots: [{ appId, secret, endpoint }] })
  adapter = new CloudAdapter({ appId, appPassword: secret, cloud: localCloud(service.url), logger: silentLogger })
  listener = createNodeListener(adapter, createBot())
  const directLine = new DirectLineClient(service.url, service.directLineSecret)
  ;({ conversationId, client } = await directLine.start({ user: { id: 'dl_ada' } }))
})

afterEach(async () => {
  await service.close()
  await adapter.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Asks to sign in, and says what came of it. */
function createBot(): ActivityHandler {
  const state = new ConversationState(new MemoryStorage())
  const dialogs = new DialogSet(state.createProperty('dialogs'))
  dialogs.add(new OAuthPrompt('sign-in', { connectionName: 'local', title: 'Sign in', timeout: 60_000 }))
  dialogs.add(
    new WaterfallDialog('main', [
      (step) => step.beginDialog('sign-in'),
      async (step) => {
        await step.context.sendActivity(step.result ? `Token of ${step.result.connectionName}` : 'No token')
        return step.endDialog()
      },
    ]),
  )
  return new ActivityHandler().onTurn(async (context, next) => {
    if (context.activity.type !== 'conversationUpdate') {
      const dialog = await dialogs.createContext(context)
      const { status } = await dialog.continueDialog()
      if (status === 'empty' && context.activity.type === 'message') await dialog.beginDialog('main')
      await state.saveChanges(context)
    }
    await next()
  })
}

/** Starts the prompt. @returns its card. */
async function promptCard(): Promise<Json> {
  await client.say(conversationId, 'hello')
  return (await client.poll(conversationId)).activities.at(-1).attachments[0].content
}

async function hears(text: string): Promise<void> {
  await eventually(async () => expect(await client.texts(conversationId)).toContain(text))
}

test('the prompt of the dialogs ends with the token when the page was opened in the browser of the chat', async () => {
  const { buttons } = await promptCard()
  const visitor = new Visitor()
  const headers = { Authorization: `Bearer ${client.credential}` }
  const session = await visitor.fetch(`${service.url}/v3/directline/session/getsessionid`, { headers })
  const { sessionId } = (await session.json()) as { sessionId: string }
  const page = await visitor.open(`${buttons[0].value}${encodeURIComponent(`&code_challenge=${sessionId}`)}`)
  const done = await visitor.submit(page, { user: 'mei.tanaka@example.com', decision: 'allow' })
  expect(done.title).toBe('You are signed in')
  await hears('Token of local')
})

test('the prompt ends with the token when the right code is typed', async () => {
  const { buttons } = await promptCard()
  const visitor = new Visitor()
  const page = await visitor.open(buttons[0].value)
  const code = codeOn(await visitor.submit(page, { user: 'mei.tanaka@example.com', decision: 'allow' }))
  await client.say(conversationId, code)
  await hears('Token of local')
})

test('the prompt ends with the token when the client has single sign-on, and goes on when that fails', async () => {
  const { tokenExchangeResource } = await promptCard()
  const post = async (token: string): Promise<number> => {
    const value = { id: tokenExchangeResource.id, connectionName: 'local', token }
    const invoke = { type: 'invoke', name: 'signin/tokenExchange', value, from: { id: 'dl_ada' } }
    return (await client.call('POST', `/conversations/${conversationId}/activities`, invoke)).status
  }
  expect(await post('junk')).toBe(502)
  expect(await post(service.userTokens.mintSsoToken({ appId }))).toBe(200)
  await hears('Token of local')
})
