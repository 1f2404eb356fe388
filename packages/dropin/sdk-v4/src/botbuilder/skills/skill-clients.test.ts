import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Activity, ConversationReference, OpenValue } from '@parley/core'
import { SimpleCredentialProvider } from '../../connector/auth/credential-provider.ts'
import type { AppCredentials } from '../../connector/credentials/app-credentials.ts'
import {
  MicrosoftAppCredentials,
  MicrosoftGovernmentAppCredentials,
} from '../../connector/credentials/microsoft-app-credentials.ts'
import { SkillConversationIdFactoryBase } from '../../core/skill-conversation-id-factory.ts'
import type { SkillConversationIdFactoryOptions } from '../../core/skill-conversation-id-factory.ts'
import { BotFrameworkHttpClient } from './bot-framework-http-client.ts'
import { SkillHttpClient } from './skill-http-client.ts'

const GOVERNMENT = 'https://botframework.azure.us'
const open = new SimpleCredentialProvider('', '')
const provider = new SimpleCredentialProvider('root', 'secret')

const activity = (): Activity =>
  ({
    type: 'message',
    id: 'a1',
    channelId: 'test',
    serviceUrl: 'https://channel.example',
    conversation: { id: 'c' },
    from: { id: 'user' },
    recipient: { id: 'root' },
  }) as Activity

let server: Server
let url: string
let calls: { headers: IncomingHttpHeaders; body: OpenValue }[]

beforeEach(async () => {
  calls = []
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      calls.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
      response.end('{"ok":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** Makes credentials that need no identity service. */
class Client extends BotFrameworkHttpClient {
  readonly built: unknown[][] = []

  protected override async buildCredentials(...given: unknown[]): Promise<AppCredentials> {
    this.built.push(given)
    return { getToken: async () => `token-for-${String(given[1])}` } as unknown as AppCredentials
  }
}

test('a bot without an app id calls unsigned', async () => {
  const client = new Client(open)
  const mine = activity()
  expect(await client.postActivity('', 'skill', url, 'https://root.example', 'sc', mine)).toEqual({
    status: 200,
    body: { ok: true },
  })
  expect(client.built).toEqual([])
  expect(calls[0]?.headers.authorization).toBeUndefined()
  expect(calls[0]?.headers['x-ms-conversation-id']).toBe('sc')
  expect(calls[0]?.body).toMatchObject({
    conversation: { id: 'sc' },
    serviceUrl: 'https://root.example',
    recipient: { id: 'root', role: 'skill' },
    relatesTo: { activityId: 'a1', conversation: { id: 'c' }, serviceUrl: 'https://channel.example' },
  })
  expect(mine).toEqual(activity())
})

test('credentials are made once for each pair of bots', async () => {
  const client = new Client(provider)
  for (const skill of ['one', 'one', 'two']) {
    await client.postActivity('root', skill, url, 'https://root.example', 'sc', activity())
  }
  expect(client.built).toEqual([
    ['root', 'one'],
    ['root', 'two'],
  ])
  expect(calls.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer token-for-one',
    'Bearer token-for-one',
    'Bearer token-for-two',
  ])
})

test.each([
  ['public Azure', undefined, MicrosoftAppCredentials, 'https://login.microsoftonline.com/botframework.com'],
  [
    'the government',
    GOVERNMENT,
    MicrosoftGovernmentAppCredentials,
    'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
  ],
])('credentials are those of %s', async (_, channelService, Class, endpoint) => {
  const client: OpenValue = new BotFrameworkHttpClient(provider, channelService)
  const credentials: AppCredentials = await client.buildCredentials('root', 'skill')
  expect(credentials).toBeInstanceOf(Class)
  expect(credentials).toMatchObject({ appId: 'root', appPassword: 'secret', oAuthScope: 'skill' })
  expect(credentials.oAuthEndpoint).toBe(endpoint)
})

test.each([
  ['BotFrameworkHttpClient.postActivity(): missing activity', undefined],
  ['BotFrameworkHttpClient.postActivity(): Activity must have a ConversationReference', { type: 'message' }],
])('%s', async (message, given) => {
  const posting = new BotFrameworkHttpClient(open).postActivity(
    '',
    's',
    url,
    'https://r.example',
    'c',
    given as Activity,
  )
  await expect(posting).rejects.toThrow(new Error(message))
})

class Factory extends SkillConversationIdFactoryBase {
  readonly asked: SkillConversationIdFactoryOptions[] = []

  override async createSkillConversationIdWithOptions(options: SkillConversationIdFactoryOptions): Promise<string> {
    this.asked.push(options)
    return 'sc'
  }

  async deleteConversationReference(): Promise<void> {}
}

class OldFactory extends SkillConversationIdFactoryBase {
  readonly asked: ConversationReference[] = []

  override async createSkillConversationId(reference: ConversationReference): Promise<string> {
    this.asked.push(reference)
    return 'sc'
  }

  async deleteConversationReference(): Promise<void> {}
}

const skill = { id: 'skill', appId: 'skill-app', skillEndpoint: 'https://skill.example/api/messages' }

test.each([
  ['the audience that is given', undefined, ['audience'], 'audience'],
  ['the channel service', undefined, [], 'https://api.botframework.com'],
  ["the government's channel service", GOVERNMENT, [], 'https://api.botframework.us'],
])('a conversation with a skill begins for %s', async (_, channelService, audience, expected) => {
  const factory = new Factory()
  const client: OpenValue = new SkillHttpClient(open, factory, channelService)
  client.postActivity = jest.fn(async () => ({ status: 200 }))
  const given = activity()
  expect(await client.postToSkill(...audience, 'root', skill, 'https://root.example', given)).toEqual({ status: 200 })
  expect(factory.asked).toEqual([
    { activity: given, botFrameworkSkill: skill, fromBotId: 'root', fromBotOAuthScope: expected },
  ])
  const { appId, skillEndpoint } = skill
  expect(client.postActivity).toHaveBeenCalledWith('root', appId, skillEndpoint, 'https://root.example', 'sc', given)
})

test('a factory of before 4.11 gets the reference of the conversation with the user', async () => {
  const factory = new OldFactory()
  const client: OpenValue = new SkillHttpClient(open, factory)
  client.postActivity = jest.fn(async () => ({ status: 200 }))
  await client.postToSkill('root', skill, 'https://root.example', activity())
  expect(factory.asked).toMatchObject([{ activityId: 'a1', conversation: { id: 'c' }, user: { id: 'user' } }])
})

test.each([
  ['BotFrameworkHttpClient(): missing credentialProvider', () => new BotFrameworkHttpClient(undefined as OpenValue)],
  ['conversationIdFactory missing', () => new SkillHttpClient(open, undefined as OpenValue)],
])('%s', (message, make) => {
  expect(make).toThrow(new Error(message))
})
