import { AUTH_REFUSALS } from '@parley/auth'
import { BODY_REFUSALS, InboundRefusedError } from '@parley/core'
import { refuse } from './answers.ts'
import { HTTP_REFUSALS } from './refusals.ts'

const refusals = [...Object.values(AUTH_REFUSALS), ...Object.values(BODY_REFUSALS), ...Object.values(HTTP_REFUSALS)]
const statuses = [...new Set(refusals.map(({ status }) => status))].toSorted((a, b) => a - b)

const wordFor = (status: number): unknown => {
  const { answer } = refuse(new InboundRefusedError({ code: 'SOME_CODE', status }, 'No.'), true)
  return (JSON.parse(answer.body ?? '') as { error: { code: unknown } }).error.code
}

test('every status of a refusal has a word of its own', () => {
  expect(Object.fromEntries(statuses.map((status) => [status, wordFor(status)]))).toEqual({
    400: 'BadRequest',
    401: 'Unauthorized',
    403: 'Forbidden',
    405: 'MethodNotAllowed',
    413: 'PayloadTooLarge',
    415: 'UnsupportedMediaType',
    431: 'RequestHeaderFieldsTooLarge',
    503: 'ServiceUnavailable',
  })
})
