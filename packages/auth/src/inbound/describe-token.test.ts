import { describeToken } from './describe-token.ts'

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const bearer = (header: unknown, payload: unknown): string => `Bearer ${part(header)}.${part(payload)}.c2lnbmF0dXJl`

test.each<[string, string | undefined, object]>([
  [
    'a token',
    bearer({ alg: 'none', kid: 'k1' }, { iss: 'https://issuer.test', sub: 's' }),
    { kid: 'k1', iss: 'https://issuer.test' },
  ],
  ['a token of two parts', `Bearer ${part({ kid: 'k1' })}.${part({ iss: 'i' })}`, { kid: 'k1', iss: 'i' }],
  ['a token whose payload is no JSON', `Bearer ${part({ kid: 'k1' })}.!!!.x`, { kid: 'k1' }],
  ['values that are no text', bearer({ kid: { a: 1 } }, { iss: ['i'] }), {}],
  ['parts that are no objects', bearer(null, 5), {}],

  ['another scheme', 'Basic dXNlcjpwYXNz', {}],
  ['nothing', undefined, {}],
  ['an empty header', '', {}],
  ['a header that is too long', `${bearer({ kid: 'k1' }, { iss: 'i' })}${'x'.repeat(8192)}`, {}],
])('%s is described as far as it can be read', (_, authorization, description) => {
  expect(describeToken(authorization)).toEqual(description)
})
