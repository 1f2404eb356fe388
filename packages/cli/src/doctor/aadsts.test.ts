import { aadstsOf, explainAadsts } from './aadsts.ts'

test.each([
  [{ error_codes: [700016], error_description: 'AADSTS1: x' }, 700016],
  [{ error_description: 'AADSTS90002: Tenant not found.' }, 90002],
  [{ error_description: 'no AADSTS90002' }, undefined],
  [{ error_codes: 'x' }, undefined],
  [null, undefined],
  ['AADSTS1', undefined],
])('%j has the number %p', (answer, number) => {
  expect(aadstsOf(answer)).toBe(number)
})

test('a number is told in words, and one without words has a place to look it up', () => {
  expect(explainAadsts(7000222).meaning).toBe('The password has expired. (AADSTS7000222)')
  expect(explainAadsts(1).advice).toContain('error?code=1')
})
