import { randomUUID } from 'node:crypto'
import { SkillClient } from '@parley/connector'
import { ClaimsIdentity, getConversationReference } from '@parley/core'
import type { Activity, TurnContext } from '@parley/core'
import { CloudAdapter, StatusCodeError } from '@parley/adapter'
import { FakeChannel } from './fake-channel.ts'
import { Conversations, startBot } from './skill-bots.ts'
import type { RunningBot } from './skill-bots.ts'

/** For bots without credentials. */
async function authenticateAnonymous(authHeader: string): Promise<ClaimsIdentity> {
  if (authHeader) throw new StatusCodeError(401)
  return new ClaimsIdentity([{ type: 'appid', value: 'AnonymousSkill' }], 'anonymous')
}

let channel: FakeChannel
let conversations: Conversations
let client: SkillClient
let root: RunningBot
let skill: RunningBot
/** What the logic of the root bot got. */
let rootTurns: Partial<Activity>[]
let skillLogic: (context: TurnContext) => Promise<void>
let deliveryMode: string | undefined

async function callSkill(context: TurnContext): Promise<void> {
  const id = conversations.create(context.activity)
  const activity = { ...context.activity, ...(deliveryMode ? { deliveryMode } : {}) }
  const answer = await client.postActivity('', '', `${skill.url}/api/messages`, `${root.url}/api/skills`, id, activity)
  const replies: Activity[] = answer.body?.activities ?? []
  await context.sendActivity(`skill: ${answer.status}${replies.map(({ text }) => ` ${text}`).join('')}`)
}

async function rootLogic(context: TurnContext): Promise<void> {
  rootTurns.push({ ...context.activity })
  if (context.activity.type === 'message') await callSkill(context)
  if (context.activity.type === 'endOfConversation') await context.sendActivity('the skill is done')
}

function say(text: string): Promise<Response> {
  return fetch(`${root.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(channel.message({ text })),
  })
}

beforeEach(async () => {
  channel = await FakeChannel.start()
  conversations = new Conversations()
  client = new SkillClient({ allowLoopback: true, getToken: async () => undefined })
  rootTurns = []
  deliveryMode = undefined
  skillLogic = async () => {}

  const hosting = { conversations, authenticate: authenticateAnonymous }
  root = await startBot({ cloud: channel.cloud, trustedServiceUrls: [channel.url] }, rootLogic, hosting)
  skill = await startBot({ cloud: channel.cloud }, (context) => skillLogic(context))
})

afterEach(async () => {
  client.close()
  await root.stop()
  await skill.stop()
  await channel.stop()
})

test('what a skill says goes to the user, while the turn of the root bot waits for it', async () => {
  skillLogic = async (context) => {
    await context.sendActivity(`you said ${context.activity.text}`)
    await context.sendActivity('anything else?')
  }
  expect((await say('hello')).status).toBe(200)
  expect(channel.texts).toEqual(['you said hello', 'anything else?', 'skill: 200'])
  expect(channel.calls.map(({ path }) => path.split('/')[3])).toEqual(['conversation', 'conversation', 'conversation'])
  expect(rootTurns.map(({ type }) => type)).toEqual(['message'])
})

test('the second message of a conversation is no different from the first', async () => {
  skillLogic = async (context) => {
    await context.sendActivity(`you said ${context.activity.text}`)
  }
  await say('one')
  await say('two')
  expect(channel.texts).toEqual(['you said one', 'skill: 200', 'you said two', 'skill: 200'])
})

test('the end of the conversation comes to the logic of the root bot, and ends it', async () => {
  skillLogic = async (context) => {
    await context.sendActivity({ type: 'endOfConversation', code: 'completedSuccessfully', value: { answer: 42 } })
  }
  await say('hello')
  expect(conversations.known.size).toBe(0)
  expect(rootTurns[1]).toMatchObject({
    type: 'endOfConversation',
    code: 'completedSuccessfully',
    value: { answer: 42 },
    callerId: 'urn:botframework:aadappid:AnonymousSkill',
    channelId: 'webchat',
    conversation: { id: 'conversation' },
    from: { id: 'user' },
    recipient: { id: 'bot' },
  })
  expect(channel.texts).toEqual(['the skill is done', 'skill: 200'])
})

test('an event comes to the logic of the root bot with what the skill put into it', async () => {
  skillLogic = async (context) => {
    await context.sendActivity({ type: 'event', name: 'progress', value: { percent: 50 }, channelData: { a: 1 } })
  }
  await say('hello')
  expect(rootTurns[1]).toMatchObject({ type: 'event', name: 'progress', value: { percent: 50 }, channelData: { a: 1 } })
})

test('what a skill updates and deletes is updated and deleted where the user is', async () => {
  skillLogic = async (context) => {
    const sent = await context.sendActivity('one')
    await context.updateActivity({ type: 'message', id: sent?.id ?? '', text: 'two' })
    await context.deleteActivity(sent?.id ?? '')
  }
  await say('hello')
  const activity = '/v3/conversations/conversation/activities/sent-1'
  expect(channel.calls.map(({ method, path }) => `${method} ${path}`).slice(1, 3)).toEqual([
    `PUT ${activity}`,
    `DELETE ${activity}`,
  ])
})

test('expected replies come with the answer, and not to the routes', async () => {
  deliveryMode = 'expectReplies'
  skillLogic = async (context) => {
    await context.sendActivity('inline')
  }
  await say('hello')
  expect(channel.texts).toEqual(['skill: 200 inline'])
})

test('a skill that says something later says it in a turn of its own', async () => {
  let later: (() => Promise<unknown>) | undefined
  skillLogic = async (context) => {
    const reference = getConversationReference(context.activity)
    const laterAdapter = new CloudAdapter({ cloud: channel.cloud, trustedServiceUrls: [`${root.url}/api/skills`] })
    later = async () => {
      await laterAdapter.continueConversation(reference, async (turn) => void (await turn.sendActivity('by the way')))
      await laterAdapter.close()
    }
  }
  await say('hello')
  await later?.()
  expect(channel.texts).toEqual(['skill: 200', 'by the way'])
})

test('a conversation nobody began is refused with 404', async () => {
  const response = await fetch(`${root.url}/api/skills/v3/conversations/${randomUUID()}/activities`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'message', text: 'psst' }),
  })
  expect(response.status).toBe(404)
  expect(await response.text()).toBe('skillConversationReference not found')
  expect(channel.calls).toEqual([])
})
