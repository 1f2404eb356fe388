import { SAMPLE_USERS, objectIdOf, parseSignInUser } from './sign-in-user.ts'

test.each([
  ['Ada Example', 'Ada@Example.com ', { name: 'Ada Example', upn: 'ada@example.com' }],
  ['', 'ada@example.com', { name: 'ada', upn: 'ada@example.com' }],
  [undefined, 'mei.tanaka@example.com', { name: 'Mei Tanaka', upn: 'mei.tanaka@example.com' }],
  ['Žofie', 'žofie@příklad.cz', { name: 'Žofie', upn: 'žofie@příklad.cz' }],
])('the name %j and the address %j are somebody', (name, upn, user) => {
  expect(parseSignInUser(name, upn)).toEqual(user)
})

test.each([
  ['Ada', ''],
  ['Ada', 'ada'],
  ['Ada', 'a b@example.com'],
  ['Ada', '<b>@example.com'],
  ['Ada', `${'a'.repeat(200)}@example.com`],
  ['x'.repeat(101), 'ada@example.com'],
  ['Ada\u202e', 'ada@example.com'],
  [1, 'ada@example.com'],
  ['Ada', undefined],
])('the name %j and the address %j are nobody', (name, upn) => {
  expect(parseSignInUser(name, upn)).toBeUndefined()
})

test('a person has one id in a tenant and another in another', () => {
  const [one, other] = SAMPLE_USERS
  if (!one || !other) throw new Error('There are users.')
  expect(objectIdOf(one, 't')).toBe(objectIdOf({ ...one, name: 'Renamed' }, 't'))
  expect(new Set([objectIdOf(one, 't'), objectIdOf(one, 'u'), objectIdOf(other, 't')]).size).toBe(3)
})
