import * as stdlib from './index.ts'
import {
  AzureCoreHttpCompat,
  createWebResource,
  HttpHeaders,
  isTokenCredential,
  ServiceClientContext,
} from './index.ts'

test.each(['stringExt', 'AzureCoreHttpCompat', 'delay', 'maybeCast', 'retry', 'stringify'])(
  'botbuilder-stdlib has %s',
  (name) => {
    expect(stdlib).toHaveProperty(name)
  },
)

test('everything in AzureCoreHttpCompat is what the module itself exports', () => {
  expect(Object.keys(AzureCoreHttpCompat).sort()).toEqual([
    'Constants',
    'HttpHeaders',
    'ServiceClientContext',
    'createSerializer',
    'createWebResource',
    'isTokenCredential',
  ])
  expect(stdlib).toMatchObject(AzureCoreHttpCompat)
  expect(AzureCoreHttpCompat.Constants.HeaderConstants).toEqual({
    AUTHORIZATION: 'Authorization',
    AUTHORIZATION_SCHEME: 'Bearer',
  })
})

test('headers are found whatever their case, and remember how they were written', () => {
  const headers = new HttpHeaders({ 'Content-Type': 'x' })
  headers.set('B-c', 5)
  expect([headers.get('content-type'), headers.contains('b-C'), headers.get('none')]).toEqual(['x', true, undefined])
  expect(headers.rawHeaders()).toEqual({ 'Content-Type': 'x', 'B-c': '5' })
  expect(headers.toJson()).toEqual({ 'content-type': 'x', 'b-c': '5' })
  expect(headers.toString()).toBe('{"Content-Type":"x","B-c":"5"}')
  expect([headers.headerNames(), headers.headerValues()]).toEqual([
    ['Content-Type', 'B-c'],
    ['x', '5'],
  ])
  const copy = headers.clone()
  expect([headers.remove('B-C'), headers.remove('B-C'), copy.get('b-c')]).toEqual([true, false, '5'])
})

test('a new request is a GET that credentials can sign, and a clone has headers of its own', () => {
  const request = createWebResource({ url: 'https://channel.test/', headers: { a: '1' } })
  expect(request).toMatchObject({ method: 'GET', timeout: 0, withCredentials: false })
  expect(request.requestId).toMatch(/^[0-9a-f-]{36}$/)
  const clone = request.clone()
  clone.headers.set('Authorization', 'Bearer t')
  expect([request.headers.get('a'), request.headers.get('authorization'), clone.url]).toEqual([
    '1',
    undefined,
    'https://channel.test/',
  ])
  expect(() => request.validateRequestProperties()).not.toThrow()
  expect(() => createWebResource().validateRequestProperties()).toThrow(TypeError)
})

test.each([
  [{ getToken: () => Promise.resolve() }, true],
  [{ getToken: () => Promise.resolve(), signRequest: () => {} }, false],
  [{ signRequest: () => {} }, false],
  [null, false],
])('%p gives tokens: %s', (credential, expected) => {
  expect(isTokenCredential(credential)).toBe(expected)
})

test('a client of the old library keeps its credentials to itself and refuses to send', async () => {
  expect(() => new ServiceClientContext(null as never)).toThrow("'credentials' cannot be null.")
  class MyClient extends ServiceClientContext {}
  const client = new MyClient({ signRequest: async (request) => request })
  expect(JSON.stringify(client)).toBe('{"name":"MyClient"}')
  await expect(client.sendRequest(createWebResource())).rejects.toMatchObject({ code: 'DROPIN_UNSUPPORTED' })
})

test.each([
  ['', true],
  [null, true],
  [undefined, true],
  [' ', false],
])('stringExt.isNilOrEmpty(%j) is %s', (value, expected) => {
  expect(stdlib.stringExt.isNilOrEmpty(value)).toBe(expected)
})
