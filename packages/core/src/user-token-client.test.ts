import type { Activity } from './activity.ts'
import { UserTokenArgumentError, UserTokenClient } from './user-token-client.ts'

/** Shows what is protected. */
abstract class Shown extends UserTokenClient {
  static stateOf(activity: Partial<Activity>): unknown {
    return JSON.parse(Buffer.from(this.createTokenExchangeState('app', 'graph', activity), 'base64').toString('utf8'))
  }

  static check(values: Record<string, unknown>): void {
    this.requireStrings(values)
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

test.each([undefined, null, 1, {}])('an id that is %p is refused by the name of its parameter', (channelId) => {
  const check = (): void => Shown.check({ userId: 'u', channelId })
  expect(check).toThrow(UserTokenArgumentError)
  expect(check).toThrow(expect.objectContaining({ code: 'CORE_USER_TOKEN_ARGUMENT', parameter: 'channelId' }))
})

test('any text is an id, for the service knows which exist', () => {
  expect(() => Shown.check({ userId: '', channelId: '29:1 ü' })).not.toThrow()
})
