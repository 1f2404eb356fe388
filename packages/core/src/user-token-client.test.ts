import type { Activity } from './activity.ts'
import { UserTokenClient } from './user-token-client.ts'

/** Shows what is protected. */
abstract class Shown extends UserTokenClient {
  static stateOf(activity: Partial<Activity>): unknown {
    return JSON.parse(Buffer.from(this.createTokenExchangeState('app', 'graph', activity), 'base64').toString('utf8'))
  }
}

const incoming: Partial<Activity> = {
  type: 'message',
  id: 'a1',
  channelId: 'test',
  serviceUrl: 'https://service.test/',
  locale: 'de-DE',
  from: { id: 'ü1', name: 'User' },
  recipient: { id: 'b1', name: 'Bot' },
  conversation: { id: 'c1', name: '', isGroup: false, conversationType: 'personal' },
  text: 'not a part of the state',
}

test('the state of a sign-in names the connection, the bot and the way back to the conversation', () => {
  expect(Shown.stateOf(incoming)).toEqual({
    connectionName: 'graph',
    conversation: {
      activityId: 'a1',
      channelId: 'test',
      serviceUrl: 'https://service.test/',
      locale: 'de-DE',
      user: incoming.from,
      bot: incoming.recipient,
      conversation: incoming.conversation,
    },
    msAppId: 'app',
  })
})

test('the state of a sign-in keeps what the activity relates to', () => {
  const relatesTo = { channelId: 'other', serviceUrl: 's', bot: { id: 'b', name: '' }, conversation: { id: 'x' } }
  expect(Shown.stateOf({ relatesTo } as Partial<Activity>)).toEqual({
    connectionName: 'graph',
    conversation: {},
    relatesTo,
    msAppId: 'app',
  })
})
