import type { Activity, Attachment, InvokeResponse, OpenValue } from '@parley/core'
import { ConversationState, MemoryStorage } from '@parley/state'
import { turnOf } from '../test/turn.ts'
import { ComponentDialog } from './component-dialog.ts'
import { DialogContext, DialogSet } from './dialog-context.ts'
import type { DialogState } from './dialog-context.ts'
import { runDialog } from './run-dialog.ts'
import { SkillDialog } from './skill-dialog.ts'
import type { SkillDialogOptions } from './skill-dialog-options.ts'
import { WaterfallDialog } from './waterfall-dialog.ts'

const go: Partial<Activity> = { type: 'message', text: 'go', value: { v: 1 } }
const expecting: Partial<Activity> = { ...go, deliveryMode: 'expectReplies' }
const ok: InvokeResponse = { status: 200 }

/** A bot with a skill that answers as told, and what happened in order. */
function host(
  answer: (activity: Activity) => InvokeResponse = () => ok,
  options: Partial<SkillDialogOptions> = {},
): { dc: DialogContext; sent: Partial<Activity>[]; posted: Activity[]; notes: string[] } {
  const notes: string[] = []
  const posted: Activity[] = []
  class State extends ConversationState {
    override async saveChanges(...parameters: Parameters<ConversationState['saveChanges']>): Promise<void> {
      notes.push(`save ${String(parameters[1])}`)
      return super.saveChanges(...parameters)
    }
  }
  const skill = new SkillDialog(
    {
      botId: 'BOT',
      skill: { id: 'sk', appId: 'SKILL', skillEndpoint: 'https://skill.example/api' },
      skillHostEndpoint: 'https://host.example/skills',
      conversationState: new State(new MemoryStorage()),
      conversationIdFactory: {
        createSkillConversationIdWithOptions: async (given) => {
          notes.push(`create ${[given.fromBotId, given.fromBotOAuthScope, given.activity.text].join(' ')}`)
          return 'SID'
        },
        createSkillConversationId: async () => 'OLD',
        deleteConversationReference: async (id) => void notes.push(`delete ${id}`),
      },
      skillClient: {
        postActivity: async (...[from, to, url, serviceUrl, conversationId, activity]) => {
          notes.push(`post ${[from, to, url, serviceUrl, conversationId].join(' ')}`)
          posted.push(structuredClone(activity))
          return answer(activity)
        },
      },
      ...options,
    },
    'skill',
  )
  const steps = new WaterfallDialog('steps', [
    (step) => step.beginDialog('skill', step.options),
    (step) => step.endDialog(step.result),
  ])
  const { context, sent } = turnOf()
  const dialogs = new DialogSet().add(skill).add(steps)
  return { dc: new DialogContext(dialogs, context, { dialogStack: [] }), sent, posted, notes }
}

const replying = (...activities: Partial<Activity>[]): InvokeResponse => ({ status: 200, body: { activities } })

test('the state is saved before the skill is called, and names the conversation with it', async () => {
  const { dc, notes, posted } = host()
  dc.context.turnState.set(dc.context.adapter.OAuthScopeKey, 'SCOPE')
  expect(await dc.beginDialog('steps', { activity: go })).toEqual({ status: 'waiting' })
  expect(notes).toEqual([
    'create BOT SCOPE hi',
    'save true',
    'post BOT SKILL https://skill.example/api https://host.example/skills SID',
  ])
  expect(posted).toMatchObject([
    { ...go, id: '1', from: { id: 'u' }, recipient: { id: 'b' }, conversation: { id: 'c' } },
  ])
  expect(dc.activeDialog).toEqual({ id: 'skill', state: { 'SkillDialog.skillConversationId': 'SID' } })
  expect(go).toEqual({ type: 'message', text: 'go', value: { v: 1 } })
})

test('activities are handed on until the conversation ends', async () => {
  const { dc, posted } = host()
  await dc.beginDialog('steps', { activity: go })
  dc.context.activity.text = 'more'
  expect(await dc.continueDialog()).toEqual({ status: 'waiting' })
  expect(posted.map(({ text }) => text)).toEqual(['go', 'more'])
  Object.assign(dc.context.activity, { type: 'endOfConversation', value: { done: 1 } })
  expect(await dc.continueDialog()).toEqual({ status: 'complete', result: { done: 1 } })
  expect(posted).toHaveLength(2)
})

test.each<[string, (dc: DialogContext) => Promise<unknown>, object]>([
  ['is asked to ask again', (dc) => dc.repromptDialog(), { type: 'event', name: 'repromptDialog' }],
  ['hears that it was cancelled', (dc) => dc.cancelAllDialogs(), { type: 'endOfConversation' }],
  ['hears that it was replaced', (dc) => dc.replaceDialog('steps', { activity: go }), { type: 'endOfConversation' }],
])('the skill %s', async (_, call, expected) => {
  const { dc, posted } = host()
  await dc.beginDialog('skill', { activity: go })
  dc.context.activity.channelData = { c: 1 }
  await call(dc)
  expect(posted[1]).toMatchObject({ ...expected, conversation: { id: 'c' }, from: { id: 'u' } })
})

describe('with expectReplies', () => {
  test('replies go to the user, and later activities ask for replies as well', async () => {
    const { dc, sent, posted } = host(() => replying({ type: 'message', text: 'r' }, { type: 'typing' }))
    await dc.beginDialog('steps', { activity: expecting })
    await dc.continueDialog()
    expect(sent.map(({ type, text }) => [type, text])).toEqual([
      ['message', 'r'],
      ['typing', undefined],
      ['message', 'r'],
      ['typing', undefined],
    ])
    expect(posted.map(({ deliveryMode }) => deliveryMode)).toEqual(['expectReplies', 'expectReplies'])
  })

  test('the end of the conversation among them ends the dialog', async () => {
    const { dc, notes } = host(() => replying({ type: 'message', text: 'r' }, { type: 'endOfConversation', value: 7 }))
    expect(await dc.beginDialog('steps', { activity: expecting })).toEqual({ status: 'complete', result: 7 })
    expect(notes.at(-1)).toBe('delete SID')
  })

  test('an answer without activities is fine', async () => {
    const { dc } = host(() => ({ status: 200, body: [{ type: 'message' }] }))
    expect(await dc.beginDialog('steps', { activity: expecting })).toEqual({ status: 'waiting' })
  })
})

test('replies nobody asked for are not sent', async () => {
  const { dc, sent } = host(() => replying({ type: 'message', text: 'r' }))
  await dc.beginDialog('steps', { activity: go })
  expect(sent).toEqual([])
})

test('an invoke asks for replies, for this once', async () => {
  const { dc, posted } = host()
  await dc.beginDialog('skill', { activity: { type: 'invoke', name: 'n' } })
  await dc.continueDialog()
  expect(posted.map(({ deliveryMode }) => deliveryMode)).toEqual(['expectReplies', undefined])
})

test.each<[string, object | undefined, string]>([
  ['options', undefined, 'Missing options parameter'],
  ['an activity', {}, '"activity" is undefined or null in options.'],
])('it needs %s', async (_, options, message) => {
  await expect(host().dc.beginDialog('skill', options)).rejects.toMatchObject({ message, error: expect.any(TypeError) })
})

test('it needs settings', () => {
  expect(() => new SkillDialog(undefined as unknown as SkillDialogOptions)).toThrow('Missing dialogOptions parameter')
})

test('a skill that answers with an error fails the turn', async () => {
  const { dc } = host(() => ({ status: 500, body: 'why' }))
  await expect(dc.beginDialog('skill', { activity: go })).rejects.toThrow(
    'Error invoking the skill id: "sk" at "https://skill.example/api" (status is 500). \r\n why',
  )
})

test.each([
  ['Not Implemented', 'OLD'],
  ['NotImplemented', 'OLD'],
])('a factory that says %s is asked in the older way', async (message, id) => {
  const conversationIdFactory = {
    createSkillConversationIdWithOptions: () => Promise.reject(new Error(message)),
    createSkillConversationId: async () => 'OLD',
    deleteConversationReference: async () => {},
  }
  const { dc } = host(undefined, { conversationIdFactory })
  await dc.beginDialog('skill', { activity: go })
  expect(dc.activeDialog?.state).toEqual({ 'SkillDialog.skillConversationId': id })
})

describe('an OAuth card of the skill', () => {
  const resource = { id: 'terid', uri: 'https://token.example', providerId: 'p' }
  const cardAttachment: Attachment = {
    contentType: 'application/vnd.microsoft.card.oauth',
    content: { connectionName: 'skillconn', tokenExchangeResource: resource },
  }
  const card = {
    type: 'message',
    id: 'card',
    attachments: [cardAttachment],
    conversation: { id: 'sc' },
    from: { id: 'sf' },
    recipient: { id: 'sr' },
  } as Activity

  /** Where tokens are exchanged; each call is noted. */
  function exchanging(dc: DialogContext, token: string | undefined): OpenValue[][] {
    const calls: OpenValue[][] = []
    const key = Symbol('UserTokenClient')
    Object.assign(dc.context.adapter, { UserTokenClientKey: key })
    dc.context.turnState.set(key, {
      exchangeToken: async (...parameters: OpenValue[]) => {
        calls.push(parameters)
        if (!token) throw new Error('consent required')
        return { token }
      },
    })
    return calls
  }

  const answering =
    (status: number) =>
    ({ type }: Activity): InvokeResponse =>
      type === 'invoke' ? { status } : replying(card)

  test('is answered with a token of the user, and not shown', async () => {
    const { dc, sent, posted, notes } = host(answering(200), { connectionName: 'conn' })
    const calls = exchanging(dc, 'TOKEN')
    await dc.beginDialog('steps', { activity: expecting })
    expect(calls).toEqual([['u', 'conn', 'test', { uri: resource.uri }]])
    expect(posted[1]).toMatchObject({
      type: 'invoke',
      name: 'signin/tokenExchange',
      replyToId: 'card',
      from: { id: 'sr' },
      recipient: { id: 'sf' },
      value: { connectionName: 'skillconn', id: 'terid', token: 'TOKEN' },
    })
    expect(notes.at(-1)).toMatch(/ sc$/)
    expect(sent).toEqual([])
  })

  test.each<[string, string | undefined, number, string | undefined]>([
    ['the skill refuses the token', 'TOKEN', 409, 'conn'],
    ['there is no token', undefined, 200, 'conn'],
    ['no connection is named', 'TOKEN', 200, undefined],
  ])('is shown when %s', async (_, token, status, connectionName) => {
    const { dc, sent } = host(answering(status), connectionName ? { connectionName } : {})
    exchanging(dc, token)
    await dc.beginDialog('steps', { activity: expecting })
    expect(sent).toMatchObject([{ attachments: [cardAttachment], conversation: { id: 'c' } }])
  })
})

test('a skill that ends the conversation while it is being called ends the dialog, and the caller does not undo that', async () => {
  const memory: { [key: string]: string } = {}
  const conversationState = new ConversationState(new MemoryStorage(memory))
  const accessor = conversationState.createProperty<DialogState>('dialogs')
  const results: unknown[] = []
  const turn = async (activity: Partial<Activity>): Promise<void> => {
    const { context } = turnOf(activity)
    await runDialog(steps, context, accessor)
    await conversationState.saveChanges(context)
  }
  const skill = new SkillDialog(
    {
      botId: 'BOT',
      skill: { id: 'sk', appId: 'SKILL', skillEndpoint: 'https://skill.example/api' },
      skillHostEndpoint: 'https://host.example/skills',
      conversationState,
      conversationIdFactory: {
        createSkillConversationIdWithOptions: async () => 'SID',
        createSkillConversationId: async () => 'OLD',
        deleteConversationReference: async () => {},
      },
      skillClient: {
        postActivity: async () => {
          await turn({ type: 'endOfConversation', value: 7 })
          return ok
        },
      },
    },
    'skill',
  )
  const waterfall = new WaterfallDialog('waterfall', [
    (step) => step.beginDialog('skill', { activity: go }),
    (step) => {
      results.push(step.result)
      return step.endDialog()
    },
  ])
  const steps = new ComponentDialog('steps').addDialog(waterfall).addDialog(skill)
  await turn({})
  expect(results).toEqual([7])
  expect(Object.values(memory).map((text) => JSON.parse(text).dialogs)).toEqual([{ dialogStack: [] }])
})
