import type { Activity, ChannelAccount } from '@parley/core'
import { nameArguments, runBot } from '../test/run-bot.ts'
import { ReadReceiptInfo } from './read-receipt-info.ts'
import { TeamsActivityHandler } from './teams-activity-handler.ts'
import { TeamsInfo } from './teams-info.ts'

type Register = (handler: (...args: unknown[]) => Promise<void>) => unknown

const team = { id: 't', name: 'Team' }
const channel = { id: 'c', name: 'Channel' }
const plain = ['onConversationUpdate', 'onMembersAdded', 'onMembersRemoved', 'onMessageUpdate', 'onMessageDelete']
const generic = [...plain, 'onEvent', 'onTokenResponseEvent', 'onDialog']

/** A bot that listens with the named methods, and all it heard. */
function listener(...methods: string[]): { bot: TeamsActivityHandler; heard: unknown[][] } {
  const heard: unknown[][] = []
  const bot = new TeamsActivityHandler()
  for (const method of methods) {
    const register = (bot as unknown as Record<string, Register>)[method] as Register
    register.call(bot, async (...args) => {
      heard.push([method, ...nameArguments(args)])
      await (args.at(-1) as () => Promise<void>)()
    })
  }
  return { bot, heard }
}

function namesOf(heard: unknown[][]): unknown[] {
  return heard.map(([name]) => name)
}

function accounts(...ids: string[]): ChannelAccount[] {
  return ids.map((id) => ({ id, name: id }))
}

const completed = (id: string): object => ({ id, name: id, email: `${id}@example.org` })
const asked: string[] = []

beforeEach(() => {
  asked.length = 0
  jest.spyOn(TeamsInfo, 'getMember').mockImplementation(async (_, id) => {
    asked.push(id)
    return completed(id) as ChannelAccount
  })
})

afterEach(() => jest.restoreAllMocks())

describe('conversationUpdate', () => {
  const update = (channelData: object | undefined, more: Partial<Activity> = {}): Partial<Activity> => ({
    type: 'conversationUpdate',
    ...(channelData ? { channelData } : {}),
    ...more,
  })

  test.each([
    ['channelCreated', 'onTeamsChannelCreatedEvent'],
    ['channelDeleted', 'onTeamsChannelDeletedEvent'],
    ['channelRenamed', 'onTeamsChannelRenamedEvent'],
    ['channelRestored', 'onTeamsChannelRestoredEvent'],
    ['channelShared', 'onTeamsChannelSharedEvent'],
    ['channelUnshared', 'onTeamsChannelUnsharedEvent'],
  ])('%s reaches %s with channel and team', async (eventType, method) => {
    const { bot, heard } = listener('onConversationUpdate', method, 'onDialog')

    await runBot(bot, update({ eventType, team, channel }))

    expect(namesOf(heard)).toEqual(['onConversationUpdate', method, 'onDialog'])
    expect(heard[1]).toEqual([method, channel, team, 'context', 'next'])
  })

  test.each([
    ['teamArchived', 'onTeamsTeamArchivedEvent'],
    ['teamDeleted', 'onTeamsTeamDeletedEvent'],
    ['teamHardDeleted', 'onTeamsTeamHardDeletedEvent'],
    ['teamRenamed', 'onTeamsTeamRenamedEvent'],
    ['teamRestored', 'onTeamsTeamRestoredEvent'],
    ['teamUnarchived', 'onTeamsTeamUnarchivedEvent'],
  ])('%s reaches %s with the team', async (eventType, method) => {
    const { bot, heard } = listener('onConversationUpdate', method, 'onDialog')

    await runBot(bot, update({ eventType, team }))

    expect(namesOf(heard)).toEqual(['onConversationUpdate', method, 'onDialog'])
    expect(heard[1]).toEqual([method, team, 'context', 'next'])
  })

  test.each([
    ['an unknown eventType', update({ eventType: 'no such' })],
    ['another case of an eventType', update({ eventType: 'CHANNELCREATED' })],
    ['no eventType', update({})],
    ['no channelData', update(undefined)],
    ['an eventType of another channel', update({ eventType: 'channelCreated' }, { channelId: 'test' })],
  ])('%s is an ordinary update', async (_, activity) => {
    const { bot, heard } = listener(...generic, 'onTeamsChannelCreatedEvent')

    await runBot(bot, activity)

    expect(namesOf(heard)).toEqual(['onConversationUpdate', 'onDialog'])
  })

  test('dialogs run when nobody listens to an event', async () => {
    const { bot, heard } = listener(...generic)

    await runBot(bot, update({ eventType: 'channelCreated', team, channel }))

    expect(namesOf(heard)).toEqual(['onConversationUpdate', 'onDialog'])
  })

  test('a handler that does not call next() ends the run', async () => {
    const { bot, heard } = listener('onDialog')
    bot.onTeamsChannelCreatedEvent(async () => {})

    await runBot(bot, update({ eventType: 'channelCreated', team, channel }))

    expect(heard).toEqual([])
  })

  test('an event without its facts still reaches the bot', async () => {
    const { bot, heard } = listener('onTeamsChannelCreatedEvent')

    await runBot(bot, update({ eventType: 'channelCreated' }))

    expect(heard).toEqual([['onTeamsChannelCreatedEvent', undefined, undefined, 'context', 'next']])
  })

  test('members added are completed, but for the bot and for those who came complete', async () => {
    const { bot, heard } = listener(...generic, 'onTeamsMembersAddedEvent')
    const complete = [{ givenName: 'g' }, { surname: 's' }, { email: 'e' }, { userPrincipalName: 'u' }]
    const members = complete.map((fact, index) => ({ id: `c${index}`, name: '', ...fact }))
    const membersAdded = [...accounts('a', 'bot', 'b'), ...members]

    await runBot(bot, update({ team }, { membersAdded }))

    const [a, itself, b] = [completed('a'), { id: 'bot', name: 'bot' }, completed('b')]
    expect(namesOf(heard)).toEqual(['onConversationUpdate', 'onTeamsMembersAddedEvent', 'onDialog'])
    expect(heard[1]).toEqual(['onTeamsMembersAddedEvent', [a, itself, b, ...members], team, 'context', 'next'])
    expect(asked).toEqual(['a', 'b'])
  })

  test('members added are an ordinary event when nobody listens to the one of Teams', async () => {
    const { bot, heard } = listener(...generic)

    await runBot(bot, update({ team }, { membersAdded: accounts('a') }))

    expect(namesOf(heard)).toEqual(['onConversationUpdate', 'onMembersAdded', 'onDialog'])
    expect(asked).toEqual([])
  })

  test('members added elsewhere are an ordinary event', async () => {
    const { bot, heard } = listener(...generic, 'onTeamsMembersAddedEvent')

    await runBot(bot, update({ team }, { channelId: 'test', membersAdded: accounts('a') }))

    expect(namesOf(heard)).toEqual(['onConversationUpdate', 'onMembersAdded', 'onDialog'])
  })

  test('members added to a chat have no team', async () => {
    const { bot, heard } = listener('onTeamsMembersAddedEvent')

    await runBot(bot, update(undefined, { membersAdded: accounts('a') }))

    expect(heard).toEqual([['onTeamsMembersAddedEvent', [completed('a')], undefined, 'context', 'next']])
  })

  test.each([
    ['added', 'onTeamsMembersAddedEvent', { membersAdded: accounts('a') }],
    ['removed', 'onTeamsMembersRemovedEvent', { membersRemoved: accounts('a') }],
  ])('members %s win over the eventType', async (_, method, more) => {
    const { bot, heard } = listener(method, 'onTeamsChannelCreatedEvent')

    await runBot(bot, update({ eventType: 'channelCreated', team, channel }, more))

    expect(namesOf(heard)).toEqual([method])
  })

  test('empty lists of members do not win over the eventType', async () => {
    const { bot, heard } = listener('onTeamsMembersAddedEvent', 'onTeamsChannelCreatedEvent')
    const nobody = { membersAdded: [], membersRemoved: [] }

    await runBot(bot, update({ eventType: 'channelCreated', team, channel }, nobody))

    expect(namesOf(heard)).toEqual(['onTeamsChannelCreatedEvent'])
  })

  test('members removed are handed on as they are', async () => {
    const { bot, heard } = listener(...generic, 'onTeamsMembersRemovedEvent')
    const membersRemoved = accounts('a', 'bot')

    await runBot(bot, update({ team }, { membersRemoved }))

    expect(namesOf(heard)).toEqual(['onConversationUpdate', 'onTeamsMembersRemovedEvent', 'onDialog'])
    expect(heard[1]).toEqual(['onTeamsMembersRemovedEvent', membersRemoved, team, 'context', 'next'])
  })

  test('members removed are an ordinary event when nobody listens to the one of Teams', async () => {
    const { bot, heard } = listener(...generic)

    await runBot(bot, update({ team }, { membersRemoved: accounts('a') }))

    expect(namesOf(heard)).toEqual(['onConversationUpdate', 'onMembersRemoved', 'onDialog'])
  })

  test.each([
    ['Parley', { serviceCode: 'ConversationNotFound' }],
    ['an old client', { body: { error: { code: 'ConversationNotFound' } } }],
    ['a newer old client', { code: 'ConversationNotFound' }],
  ])('a member %s cannot find stays as it came', async (_, facts) => {
    jest.spyOn(TeamsInfo, 'getMember').mockRejectedValue(Object.assign(new Error('not found'), facts))
    const { bot, heard } = listener('onTeamsMembersAddedEvent')

    await runBot(bot, update({ team }, { membersAdded: accounts('a') }))

    expect(heard[0]?.[1]).toEqual(accounts('a'))
  })

  test('a member the service says nothing about stays as it came', async () => {
    jest.spyOn(TeamsInfo, 'getMember').mockResolvedValue(undefined as unknown as ChannelAccount)
    const { bot, heard } = listener('onTeamsMembersAddedEvent')

    await runBot(bot, update({ team }, { membersAdded: accounts('a') }))

    expect(heard[0]?.[1]).toEqual(accounts('a'))
  })

  test.each([[new Error('no connection')], [undefined]])('a failed look-up (%s) fails the turn', async (error) => {
    jest.spyOn(TeamsInfo, 'getMember').mockRejectedValue(error)
    const { bot } = listener('onTeamsMembersAddedEvent')

    await expect(runBot(bot, update({ team }, { membersAdded: accounts('a') }))).rejects.toBe(error)
  })
})

describe('messages', () => {
  const base: Record<string, string> = { messageUpdate: 'onMessageUpdate', messageDelete: 'onMessageDelete' }

  test.each([
    ['messageUpdate', 'undeleteMessage', 'onTeamsMessageUndeleteEvent'],
    ['messageUpdate', 'editMessage', 'onTeamsMessageEditEvent'],
    ['messageDelete', 'softDeleteMessage', 'onTeamsMessageSoftDeleteEvent'],
  ])('%s with %s reaches %s', async (type, eventType, method) => {
    const { bot, heard } = listener(...generic, method)

    await runBot(bot, { type, channelData: { eventType } })

    expect(heard).toEqual([base[type], method, 'onDialog'].map((name) => [name, 'context', 'next']))
  })

  test.each([
    ['messageUpdate', { channelData: { eventType: 'no such' } }],
    ['messageUpdate', { channelId: 'test', channelData: { eventType: 'editMessage' } }],
    ['messageUpdate', {}],
    ['messageDelete', { channelData: {} }],
    ['messageDelete', { channelId: 'test', channelData: { eventType: 'softDeleteMessage' } }],
    ['messageDelete', {}],
  ])('%s with %j is an ordinary one', async (type, more) => {
    const { bot, heard } = listener(...generic, 'onTeamsMessageEditEvent', 'onTeamsMessageSoftDeleteEvent')

    await runBot(bot, { type, ...more })

    expect(namesOf(heard)).toEqual([base[type], 'onDialog'])
  })
})

describe('events', () => {
  const facts = { Id: 'm', JoinUrl: 'https://join', MeetingType: 'Scheduled', Title: 'Daily' }
  const camel = { id: 'm', joinUrl: 'https://join', meetingType: 'Scheduled', title: 'Daily' }
  const time = '2026-01-02T03:04:05Z'
  const people = { members: [{ user: { id: 'u' }, meeting: { inMeeting: true, role: 'Attendee' } }] }

  test.each<[string, string, object, unknown]>([
    ['readReceipt', 'onTeamsReadReceiptEvent', { lastReadMessageId: '5' }, new ReadReceiptInfo('5')],
    [
      'meetingStart',
      'onTeamsMeetingStartEvent',
      { ...facts, StartTime: time },
      { ...camel, startTime: new Date(time) },
    ],
    ['meetingEnd', 'onTeamsMeetingEndEvent', { ...facts, EndTime: time }, { ...camel, endTime: new Date(time) }],
    [
      'meetingStart',
      'onTeamsMeetingStartEvent',
      { ...camel, startTime: time },
      { ...camel, startTime: new Date(time) },
    ],
    ['meetingParticipantJoin', 'onTeamsMeetingParticipantsJoinEvent', people, people],
    ['meetingParticipantLeave', 'onTeamsMeetingParticipantsLeaveEvent', people, people],
  ])('%s reaches %s', async (name, method, value, details) => {
    const { bot, heard } = listener(...generic, method)

    await runBot(bot, { type: 'event', name: `application/vnd.microsoft.${name}`, value })

    expect(namesOf(heard)).toEqual(['onEvent', method, 'onDialog'])
    expect(heard[1]).toEqual([method, details, 'context', 'next'])
  })

  test.each([
    ['readReceipt', 'onTeamsReadReceiptEvent'],
    ['meetingStart', 'onTeamsMeetingStartEvent'],
    ['meetingEnd', 'onTeamsMeetingEndEvent'],
    ['meetingParticipantJoin', 'onTeamsMeetingParticipantsJoinEvent'],
    ['meetingParticipantLeave', 'onTeamsMeetingParticipantsLeaveEvent'],
  ])('%s without a value still reaches %s', async (name, method) => {
    const { bot, heard } = listener(method)

    await runBot(bot, { type: 'event', name: `application/vnd.microsoft.${name}` })

    expect(namesOf(heard)).toEqual([method])
  })

  test.each([
    ['an unknown event', { name: 'no such' }, []],
    ['an event without a name', {}, []],
    ['a meeting elsewhere', { channelId: 'test', name: 'application/vnd.microsoft.meetingStart' }, []],
    ['a token', { name: 'tokens/response' }, ['onTokenResponseEvent']],
  ])('%s is an ordinary event', async (_, more, between) => {
    const { bot, heard } = listener(...generic, 'onTeamsMeetingStartEvent')

    await runBot(bot, { type: 'event', ...more })

    expect(namesOf(heard)).toEqual(['onEvent', ...between, 'onDialog'])
  })
})

test('handlers of one event run in the order registered', async () => {
  const order: number[] = []
  const bot = new TeamsActivityHandler()
  for (const number of [1, 2]) {
    bot.onTeamsTeamRenamedEvent(async (_team, _context, next) => {
      order.push(number)
      await next()
    })
  }

  await runBot(bot, { type: 'conversationUpdate', channelData: { eventType: 'teamRenamed', team } })

  expect(order).toEqual([1, 2])
})

test.each([
  ['99', '100', true],
  ['100', '100', true],
  ['101', '100', false],
  ['abc', '100', false],
  ['', '100', false],
  ['1', '', false],
])('message %s read up to %s: %s', (id, last, expected) => {
  expect(ReadReceiptInfo.isMessageRead(id, last)).toBe(expected)
  expect(new ReadReceiptInfo(last).isMessageRead(id)).toBe(expected)
})
