import { TurnContext } from '@parley/core'
import type { Activity, BotAdapter } from '@parley/core'
import { EventFactory } from './event-factory.ts'
import { HandoffEventNames } from './handoff-event-names.ts'

const activity = {
  type: 'message',
  id: 'a1',
  channelId: 'test',
  serviceUrl: 'https://channel.example',
  conversation: { id: 'c', name: 'n' },
  from: { id: 'user' },
  recipient: { id: 'bot' },
  locale: 'en',
} as unknown as Activity
const context = new TurnContext({} as BotAdapter, activity)
const common = {
  type: 'event',
  id: expect.stringMatching(/^[\da-f-]{36}$/),
  timestamp: expect.any(Date),
  localTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  entities: [],
}

test('the events have the names of the protocol', () => {
  expect(HandoffEventNames.InitiateHandoff).toBe('handoff.initiate')
  expect(HandoffEventNames.HandoffStatus).toBe('handoff.status')
})

const transcript = { activities: [activity] }

test.each([
  ['no transcript', undefined, []],
  ['a transcript', transcript, [{ content: transcript, contentType: 'application/json', name: 'Transcript' }]],
])('a hand-off with %s is asked for in the conversation of the turn', (_, given, attachments) => {
  expect(EventFactory.createHandoffInitiation(context, { skill: 'credit' }, given)).toEqual({
    ...common,
    name: 'handoff.initiate',
    value: { skill: 'credit' },
    conversation: activity.conversation,
    from: activity.from,
    relatesTo: TurnContext.getConversationReference(activity),
    replyToId: 'a1',
    serviceUrl: 'https://channel.example',
    channelId: 'test',
    attachments,
  })
})

test('the state of a hand-off is told in the conversation given', () => {
  expect(EventFactory.createHandoffStatus(activity.conversation, 'failed', 'nobody here')).toEqual({
    ...common,
    name: 'handoff.status',
    value: { state: 'failed', message: 'nobody here' },
    conversation: activity.conversation,
    attachments: [],
  })
})

test.each([
  [
    'EventFactory.createHandoffInitiation(): Missing context.',
    () => EventFactory.createHandoffInitiation(undefined as unknown as TurnContext, {}),
  ],
  [
    'EventFactory.createHandoffStatus(): missing conversation.',
    () => EventFactory.createHandoffStatus(undefined as unknown as Activity['conversation'], 'failed'),
  ],
  [
    'EventFactory.createHandoffStatus(): missing state.',
    () => EventFactory.createHandoffStatus(activity.conversation, ''),
  ],
])('%s', (message, act) => {
  expect(act).toThrow(new TypeError(message))
})
