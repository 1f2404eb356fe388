import { requireBody, requireText } from './arguments.ts'

test.each([
  [undefined, 'id cannot be null or undefined.'],
  [null, 'id cannot be null or undefined.'],
  [5, 'id with value "5" must be of type string.'],
  [{}, 'id with value "[object Object]" must be of type string.'],
])('an id that is %p is refused in the words of v4', (value, message) => {
  expect(() => requireText('id', value)).toThrow(new Error(message))
})

test('a body that is missing is refused in the words of v4', () => {
  const message = 'Error "activity cannot be null or undefined." occurred in serializing the payload - "Activity".'
  expect(() => requireBody('activity', 'Activity', undefined)).toThrow(new Error(message))
  expect(requireBody('activity', 'Activity', {})).toEqual({})
})
