import { conversationParametersObject } from './model-shapes.ts'

const account = { id: 'bot', name: 'Bot' }

test('parameters without a required field are refused', () => {
  expect(conversationParametersObject.safeParse({})).toMatchObject({ success: false })
  expect(() => conversationParametersObject.parse({ isGroup: true })).toThrow('bot must be object, not undefined')
})

test.each([
  [{}, true],
  [{ isGroup: true, bot: account, members: [account], topicName: 't', tenantId: 't', channelData: {} }, true],
  [{ isGroup: 'yes' }, false],
  [{ activity: {} }, false],
  [{ members: [{ id: 'user' }] }, false],
  [undefined, false],
])('%j is part of the parameters: %s', (value, expected) => {
  expect(conversationParametersObject.partial().safeParse(value).success).toBe(expected)
})

test('fields nobody knows are left out, unless they shall pass through', () => {
  const value = { isGroup: true, bot: { ...account, more: 1 }, extra: 1 }
  const shape = conversationParametersObject.partial()
  expect(shape.parse(value)).toEqual({ isGroup: true, bot: account })
  expect(shape.passthrough().parse(value)).toEqual({ isGroup: true, bot: account, extra: 1 })
  expect(value).toEqual({ isGroup: true, bot: { ...account, more: 1 }, extra: 1 })
})

test('an entity keeps the fields of its type', () => {
  const activity = { type: 'message', entities: [{ type: 'mine', more: { deep: 1 } }] }
  const result = conversationParametersObject.partial().safeParse({ activity })
  expect(result.success).toBe(false)
  const whole = { localTimezone: '', callerId: '', serviceUrl: '', channelId: '', text: '', label: '', valueType: '' }
  const conversation = { isGroup: true, conversationType: '', id: '', name: '' }
  const complete = { ...activity, ...whole, from: account, recipient: account, conversation }
  expect(conversationParametersObject.partial().parse({ activity: complete }).activity).toEqual(complete)
})
