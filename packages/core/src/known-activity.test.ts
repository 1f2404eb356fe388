import type { Activity } from './activity.ts'
import { ActivityTypes } from './activity-constants.ts'
import * as guards from './activity-guards.ts'
import type { InvokeActivity, KnownActivity, MessageActivity } from './known-activity.ts'

const address = {
  serviceUrl: 'https://connector.test/',
  channelId: 'test',
  from: { id: 'user', name: 'User' },
  conversation: { id: 'c1', name: '', isGroup: false, conversationType: 'personal' },
  recipient: { id: 'bot', name: 'Bot' },
}

/** Fails to compile unless both types are the same. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never

test('every type of the protocol has exactly one guard that accepts it', () => {
  const { isKnownActivity, ...perType } = guards
  for (const type of Object.values(ActivityTypes)) {
    const activity = { ...address, type } as KnownActivity
    const accepting = Object.values(perType).filter((guard) => guard(activity))
    // The answer to an invoke is written, never read: nobody needs a guard for it.
    expect([type, accepting.length]).toEqual([type, type === 'invokeResponse' ? 0 : 1])
    expect(isKnownActivity(activity)).toBe(true)
  }
})

test('an activity of an unknown type is not a known activity', () => {
  expect(guards.isKnownActivity({ ...address, type: 'sneeze' } as Activity)).toBe(false)
})

test('the union has one member per type', () => {
  const same: Same<KnownActivity['type'], ActivityTypes> = true
  expect(same).toBe(true)
})

test('the union narrows on type, and then a field of another type does not compile', () => {
  const activity = { ...address, type: 'message', text: 'hello' } as KnownActivity
  if (activity.type !== ActivityTypes.Message) throw new Error('not a message')
  const text: string | undefined = activity.text
  expect(text).toBe('hello')
  // @ts-expect-error a message has no members
  expect(activity.membersAdded).toBeUndefined()
})

test('a field of one type is out of reach before the union is narrowed', () => {
  const activity = { ...address, type: 'message', text: 'hello' } as KnownActivity
  // @ts-expect-error not narrowed yet: not every activity has a text
  expect(activity.text).toBe('hello')
})

test('a guard narrows the union to the interface of its type', () => {
  const activity = { ...address, type: 'invoke', name: 'task/fetch', value: { data: 1 } } as KnownActivity
  if (!guards.isInvokeActivity(activity)) throw new Error('not an invoke')
  const invoke: InvokeActivity = activity
  expect(invoke.name).toBe('task/fetch')
  // @ts-expect-error the value is unknown until it is checked
  expect(activity.value.data).toBe(1)
})

test('a guard keeps the wide fields of a wide activity and fixes its type', () => {
  const activity = { ...address, type: 'message', text: 'hello' } as Activity
  if (!guards.isMessageActivity(activity)) throw new Error('not a message')
  const type: 'message' = activity.type
  const message: MessageActivity = activity
  expect([type, message.text]).toEqual(['message', 'hello'])
})

test('the type of a value can be stated once for an invoke', () => {
  const invoke: InvokeActivity<{ state: string }> = { ...address, type: 'invoke', value: { state: '123456' } }
  expect(invoke.value?.state).toBe('123456')
  // @ts-expect-error the state is a string
  invoke.value = { state: 123456 }
})

test('a narrow activity is accepted where a part of the wide one is wanted', () => {
  const message: MessageActivity = { ...address, type: 'message' }
  const partial: Partial<Activity> = message
  expect(partial.type).toBe('message')
  // @ts-expect-error a message needs to know where it belongs
  const homeless: MessageActivity = { type: 'message', text: 'hello' }
  expect(homeless.text).toBe('hello')
})

test('code written for v4 compiles: constants as values, any string as a type', () => {
  const activity: Partial<Activity> = { type: ActivityTypes.Event, name: 'custom/thing', channelData: { a: { b: 1 } } }
  const type: ActivityTypes | string | undefined = activity.type
  activity.type = String(type).toUpperCase()
  expect(activity.channelData.a.b).toBe(1)
  // @ts-expect-error a type is a string
  activity.type = 5
})
