import { ActivityHandler, TurnContext } from '@parley/core'
import type { Activity, ConversationReference, OpenValue, ResourceResponse, TurnLogic } from '@parley/core'
import { MemoryStorage } from '@parley/state'
import { AuthenticationConfiguration } from '../../connector/auth/authentication-configuration.ts'
import { ClaimsIdentity } from '../../connector/auth/claims-identity.ts'
import { SimpleCredentialProvider } from '../../connector/auth/credential-provider.ts'
import { JwtTokenValidation } from '../../connector/auth/jwt-token-validation.ts'
import { BotAdapter } from '../../core/bot-adapter.ts'
import {
  SkillConversationIdFactory,
  SkillConversationIdFactoryBase,
  SkillConversationReferenceKey,
} from '../../core/skill-conversation-id-factory.ts'
import { ChannelServiceHandler } from '../channel-service-handler.ts'
import { CloudSkillHandler } from './cloud-skill-handler.ts'
import { SkillHandler } from './skill-handler.ts'

const incoming = {
  type: 'message',
  id: 'user-said',
  channelId: 'test',
  serviceUrl: 'https://channel.example',
  conversation: { id: 'user-conversation' },
  from: { id: 'user' },
  recipient: { id: 'root' },
  locale: 'en-us',
} as Activity

const fromSkill = {
  id: 'skill-said',
  channelId: 'skill-channel',
  serviceUrl: 'https://skill.example',
  conversation: { id: 'skill-conversation' },
  from: { id: 'skill' },
  recipient: { id: 'root-as-user' },
  locale: 'fr',
  replyToId: 'something',
  channelData: { a: 1 },
  entities: [{ type: 'custom', kept: true }],
  relatesTo: { activityId: 'x' },
  timestamp: new Date(0),
  value: { answer: 42 },
}

/** What the reference of {@link incoming} makes of an activity that is sent. */
const toUser = {
  channelId: 'test',
  serviceUrl: 'https://channel.example',
  conversation: { id: 'user-conversation' },
  from: { id: 'root' },
  recipient: { id: 'user' },
}

const skillIdentity = new ClaimsIdentity(
  [
    { type: 'ver', value: '2.0' },
    { type: 'azp', value: 'skill-app' },
    { type: 'aud', value: 'root-app' },
  ],
  true,
)

class FakeAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = []
  readonly updated: Partial<Activity>[] = []
  readonly deleted: Partial<ConversationReference>[] = []
  readonly continued: unknown[][] = []
  responses: ResourceResponse[] = [{ id: 'sent-1' }]

  async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities)
    return this.responses
  }

  async updateActivity(_: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    this.updated.push(activity)
    return { id: 'updated' }
  }

  async deleteActivity(_: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    this.deleted.push(reference)
  }

  async continueConversation(reference: Partial<ConversationReference>, turn: TurnLogic): Promise<void> {
    this.continued.push(['old', reference])
    const activity = TurnContext.applyConversationReference({ type: 'event' }, reference, true)
    const context = new TurnContext(this, activity)
    context.turnState.set(this.ConnectorClientKey, {
      conversations: { getConversationMember: async (...ids: string[]) => ({ id: ids.join(' of ') }) },
    })
    await this.runMiddleware(context, turn)
  }
}

class CurrentAdapter extends FakeAdapter {
  override async continueConversationAsync(...given: OpenValue[]): Promise<void> {
    const [identity, reference, audience, turn] = given
    this.continued.push([identity, audience])
    await super.continueConversation(reference, turn)
  }
}

let adapter: FakeAdapter
let factory: SkillConversationIdFactory
let conversationId: string
let logicTurns: { activity: Partial<Activity>; identity: unknown; conversation: unknown }[]
let logicError: Error | undefined

const auth = {
  authenticateChannelRequest: jest.fn(async () => skillIdentity),
  getOriginatingAudience: () => 'root-audience',
}

async function logic(context: TurnContext): Promise<void> {
  logicTurns.push({
    activity: { ...context.activity },
    identity: context.turnState.get(adapter.BotIdentityKey),
    conversation: context.turnState.get(SkillConversationReferenceKey),
  })
  if (logicError) throw logicError
}

function cloudHandler(
  conversations: SkillConversationIdFactoryBase = factory,
  host: BotAdapter = adapter,
): CloudSkillHandler {
  return new CloudSkillHandler(host, logic, conversations, auth as OpenValue)
}

beforeEach(async () => {
  adapter = new CurrentAdapter()
  logicTurns = []
  logicError = undefined
  auth.authenticateChannelRequest.mockClear()
  factory = new SkillConversationIdFactory(new MemoryStorage())
  conversationId = await factory.createSkillConversationIdWithOptions({
    fromBotOAuthScope: 'scope',
    fromBotId: 'root-app',
    activity: incoming,
    botFrameworkSkill: { id: 'skill', appId: 'skill-app', skillEndpoint: 'https://skill.example' },
  })
})

test.each([['message'], ['typing'], ['trace'], ['command'], ['commandResult'], ['invokeResponse'], ['delay']])(
  'a skill that sends %s sends it to the user',
  async (type) => {
    const activity = { ...fromSkill, type, text: 'hi' } as unknown as Activity
    expect(await cloudHandler().handleSendToConversation('Bearer', conversationId, activity)).toEqual({ id: 'sent-1' })
    expect(adapter.sent).toMatchObject([{ ...toUser, type, text: 'hi', replyToId: 'user-said', locale: 'fr' }])
    expect(adapter.continued).toEqual([
      [skillIdentity, 'scope'],
      ['old', expect.anything()],
    ])
    expect(logicTurns).toEqual([])
  },
)

test('a reply of a skill answers what it says it answers', async () => {
  const activity = { ...fromSkill, type: 'message' } as unknown as Activity
  await cloudHandler().handleReplyToActivity('Bearer', conversationId, 'earlier', activity)
  expect(adapter.sent).toMatchObject([{ ...toUser, replyToId: 'earlier' }])
})

test('without an id from the channel there is one anyhow', async () => {
  adapter.responses = []
  const activity = { ...fromSkill, type: 'message' } as unknown as Activity
  const { id } = await cloudHandler().handleSendToConversation('Bearer', conversationId, activity)
  expect(id).toMatch(/^[\da-f-]{36}$/)
})

test.each([
  ['handleSendToConversation', [], null],
  ['handleReplyToActivity', ['earlier'], 'earlier'],
])('%s: an event comes to the logic, with what the skill put into it', async (method, ids, id) => {
  const activity = { ...fromSkill, type: 'event', name: 'progress', text: 'half' }
  const response = await (cloudHandler() as OpenValue)[method]('Bearer', conversationId, ...ids, activity)
  expect(response.id).toMatch(/^[\da-f-]{36}$/)
  const { channelData, entities, relatesTo, timestamp, value } = fromSkill
  expect(logicTurns).toEqual([
    {
      activity: {
        type: 'event',
        name: 'progress',
        text: 'half',
        channelData,
        entities,
        relatesTo,
        timestamp,
        value,
        locale: 'fr',
        code: undefined,
        localTimestamp: undefined,
        id,
        replyToId: 'user-said',
        callerId: 'urn:botframework:aadappid:skill-app',
        channelId: 'test',
        serviceUrl: 'https://channel.example',
        conversation: { id: 'user-conversation' },
        from: { id: 'user' },
        recipient: { id: 'root' },
      },
      identity: skillIdentity,
      conversation: expect.objectContaining({ oAuthScope: 'scope' }),
    },
  ])
  expect(adapter.sent).toEqual([])
})

test('the end of a conversation is forgotten first, and then comes to the logic', async () => {
  const activity: OpenValue = { ...fromSkill, type: 'endOfConversation', code: 'completedSuccessfully', text: 'bye' }
  await cloudHandler().handleSendToConversation('Bearer', conversationId, activity)
  expect(logicTurns[0]?.activity).toMatchObject({
    type: 'endOfConversation',
    code: 'completedSuccessfully',
    text: 'bye',
    value: { answer: 42 },
  })
  expect(await factory.getSkillConversationReference(conversationId)).toBeUndefined()
})

test('an error of the logic is the answer', async () => {
  logicError = new Error('broken')
  const event = { type: 'event', name: 'x' } as Activity
  await expect(cloudHandler().handleSendToConversation('Bearer', conversationId, event)).rejects.toThrow('broken')
})

test('logic that throws NotImplemented runs once', async () => {
  logicError = new Error('NotImplemented')
  const event = { type: 'event', name: 'x' } as Activity
  await expect(cloudHandler().handleSendToConversation('Bearer', conversationId, event)).rejects.toBe(logicError)
  expect(logicTurns).toHaveLength(1)
})

test('what a skill updates is updated where the user is', async () => {
  const activity = { ...fromSkill, type: 'message', text: 'better', id: 'sent-1' } as unknown as Activity
  expect(await cloudHandler().handleUpdateActivity('Bearer', conversationId, 'sent-1', activity)).toEqual({
    id: 'updated',
  })
  expect(adapter.updated).toMatchObject([{ ...toUser, id: 'sent-1', text: 'better' }])
})

test('what a skill deletes is deleted where the user is', async () => {
  await cloudHandler().handleDeleteActivity('Bearer', conversationId, 'sent-1')
  expect(adapter.deleted).toMatchObject([{ activityId: 'sent-1', conversation: { id: 'user-conversation' } }])
})

test('a skill may ask for a member of the conversation with the user', async () => {
  const member = await cloudHandler().handleGetConversationMember('Bearer', 'someone', conversationId)
  expect(member).toEqual({ id: 'user-conversation of someone' })
})

test('nothing is looked up before the sender is proven', async () => {
  auth.authenticateChannelRequest.mockRejectedValueOnce(new Error('Unauthorized'))
  const reading = jest.spyOn(factory, 'getSkillConversationReference')
  const handling = cloudHandler().handleSendToConversation('Bearer bad', conversationId, {
    type: 'message',
  } as Activity)
  await expect(handling).rejects.toThrow('Unauthorized')
  expect(auth.authenticateChannelRequest).toHaveBeenCalledWith('Bearer bad')
  expect(reading).not.toHaveBeenCalled()
  expect(adapter.continued).toEqual([])
})

test('a conversation nobody began is an error', async () => {
  const handling = cloudHandler().handleSendToConversation('Bearer', 'unknown', { type: 'message' } as Activity)
  await expect(handling).rejects.toMatchObject({
    name: 'Error',
    message: 'skillConversationReference not found',
    statusCode: 404,
  })
})

test.each([
  [
    'a factory',
    new (class extends SkillConversationIdFactoryBase {
      override async getConversationReference(): Promise<ConversationReference> {
        return TurnContext.getConversationReference(incoming) as ConversationReference
      }

      async deleteConversationReference(): Promise<void> {}
    })(),
  ],
  [
    'a factory that says it in one word',
    new (class extends SkillConversationIdFactoryBase {
      override async getSkillConversationReference(): Promise<never> {
        throw new Error('NotImplemented')
      }

      override async getConversationReference(): Promise<ConversationReference> {
        return TurnContext.getConversationReference(incoming) as ConversationReference
      }

      async deleteConversationReference(): Promise<void> {}
    })(),
  ],
])('%s of before 4.11 is asked in its way, and the bot itself for the audience', async (_, old) => {
  await cloudHandler(old).handleSendToConversation('Bearer', 'any', { type: 'event', name: 'x' } as Activity)
  expect(adapter.continued[0]).toEqual([skillIdentity, 'root-audience'])
  expect(logicTurns).toHaveLength(1)
})

test('an adapter of before 4.12 continues conversations in its way', async () => {
  adapter = new FakeAdapter()
  await cloudHandler(factory, adapter).handleSendToConversation('Bearer', conversationId, {
    type: 'event',
    name: 'x',
  } as Activity)
  expect(adapter.continued).toEqual([['old', expect.objectContaining({ serviceUrl: 'https://channel.example' })]])
  expect(logicTurns[0]?.identity).toBe(skillIdentity)
})

const bot = new ActivityHandler()
const open = new SimpleCredentialProvider('', '')
const config = new AuthenticationConfiguration()

test.each([
  ['missing adapter.', () => new CloudSkillHandler(undefined as OpenValue, logic, factory, auth as OpenValue)],
  ['missing logic.', () => new CloudSkillHandler(adapter, undefined as OpenValue, factory, auth as OpenValue)],
  [
    'missing conversationIdFactory.',
    () => new CloudSkillHandler(adapter, logic, undefined as OpenValue, auth as OpenValue),
  ],
  ['missing adapter.', () => new SkillHandler(undefined as OpenValue, bot, factory, open, config)],
  ['missing bot.', () => new SkillHandler(adapter, undefined as OpenValue, factory, open, config)],
  ['missing conversationIdFactory.', () => new SkillHandler(adapter, bot, undefined as OpenValue, open, config)],
  [
    'ChannelServiceHandler(): missing credentialProvider',
    () => new SkillHandler(adapter, bot, factory, undefined as OpenValue, config),
  ],
  [
    'ChannelServiceHandler(): missing authConfig',
    () => new SkillHandler(adapter, bot, factory, open, undefined as OpenValue),
  ],
])('%s', (message, make) => {
  expect(make).toThrow(new Error(message))
})

test('both handlers tell the key of the conversation, and keep what they work with under `inner`', () => {
  for (const handler of [cloudHandler(), new SkillHandler(adapter, bot, factory, open, config)]) {
    expect(handler.SkillConversationReferenceKey).toBe(SkillConversationReferenceKey)
    expect((handler as OpenValue).inner.onSendToConversation).toBeInstanceOf(Function)
  }
})

test('a bot without credentials takes skills without a token, as anonymous ones', async () => {
  const seen = jest.spyOn(bot, 'run').mockResolvedValue()
  const handler = new SkillHandler(adapter, bot, factory, open, config)
  await handler.handleSendToConversation('', conversationId, { type: 'event', name: 'x' } as Activity)
  const [identity] = adapter.continued[0] as [ClaimsIdentity]
  expect(identity.claims).toEqual([{ type: 'appid', value: 'AnonymousSkill' }])
  expect(seen).toHaveBeenCalledTimes(1)
  seen.mockRestore()
})

test('a bot with credentials answers 401 to a skill without a token', async () => {
  const handler = new SkillHandler(adapter, bot, factory, new SimpleCredentialProvider('app', 'secret'), config)
  const handling = handler.handleSendToConversation('', conversationId, { type: 'event' } as Activity)
  await expect(handling).rejects.toMatchObject({ name: 'StatusCodeError', statusCode: 401, message: '' })
})

test('a token is checked through JwtTokenValidation, which callers may replace', async () => {
  class Handler extends ChannelServiceHandler {
    protected override async onGetConversationMembers(): Promise<[]> {
      return []
    }
  }
  const credentials = new SimpleCredentialProvider('app', 'secret')
  const { validateAuthHeader } = JwtTokenValidation
  const replaced = jest.fn(async () => skillIdentity)
  JwtTokenValidation.validateAuthHeader = replaced
  try {
    await new Handler(credentials, config, 'a cloud').handleGetConversationMembers('Bearer t', 'c')
    expect(replaced).toHaveBeenCalledWith('Bearer t', credentials, 'a cloud', 'unknown', undefined, config)
  } finally {
    JwtTokenValidation.validateAuthHeader = validateAuthHeader
  }
})

test.each([
  ['a cloud', undefined, 'a cloud'],
  [undefined, 'from the environment', 'from the environment'],
  [undefined, undefined, undefined],
])('the channel service is what is given (%s), else what the environment says (%s)', (given, variable, expected) => {
  const before = process.env['ChannelService']
  if (variable === undefined) delete process.env['ChannelService']
  else process.env['ChannelService'] = variable
  const handler: OpenValue = new ChannelServiceHandler(open, config, given)
  if (before === undefined) delete process.env['ChannelService']
  else process.env['ChannelService'] = before
  expect(handler.channelService).toBe(expected)
})
