import { startBlobService } from 'test-support/blob-service'
import type { BlobService } from 'test-support/blob-service'
import { storageConformance } from '@parley/testing'
import { BlobsStorage } from './index.ts'
import type { BlobsOptions } from './index.ts'

let service: BlobService

beforeAll(async () => {
  service = await startBlobService()
})

afterEach(() => {
  service.faults.length = 0
  service.onlyFor = () => true
})

afterAll(() => service.close())

storageConformance('BlobsStorage', () => new BlobsStorage(service.connectionString, 'conformance'))

const soon: BlobsOptions = { retryDelayMs: 1, maxRetryDelayMs: 5 }
let containers = 0

function newStorage(options: BlobsOptions = soon): BlobsStorage {
  return new BlobsStorage(service.connectionString, `own-${++containers}`, options)
}

function blobsOf(container = `own-${containers}`): Map<string, { readonly body: Buffer }> {
  return service.containers.get(container) ?? new Map()
}

describe('the form of what is stored', () => {
  test.each([
    ['emulator/conversations/a|b c/', 'emulator%2Fconversations%2Fa%7Cb%20c'],
    ['msteams/users/29:1é/', 'msteams%2Fusers%2F29%3A1%C3%A9'],
    [
      'msteams/conversations/19:x@thread.v2;messageid=1/users/29:1/',
      'msteams%2Fconversations%2F19%3Ax%40thread.v2%3Bmessageid%3D1%2Fusers%2F29%3A1',
    ],
    ['test/users/ann/profile', 'test%2Fusers%2Fann%2Fprofile'],
    ["it's (1)*!~", "it's%20(1)*!~"],
  ])('%s is where SDK v4 has it', async (key, name) => {
    await newStorage().write({ [key]: { value: 1, eTag: '*' } })
    expect([...blobsOf()].map(([blob, { body }]) => [blob, String(body)])).toEqual([[name, '{"value":1}']])
  })

  test.each(['a//b', 'a/', '.', '..', 'test/users/ann', 'x'.repeat(1025), '\ud800'])(
    '%j, which has the name of another key in SDK v4 or none at all, has a name that v4 never gives',
    async (key) => {
      const storage = newStorage()
      await storage.write({ [key]: { value: 1 } })
      expect([...blobsOf().keys()]).toEqual([expect.stringMatching(/^escaped:[\da-f]{64}$/)])
      expect((await storage.read([key]))[key]).toMatchObject({ value: 1 })
    },
  )
})

test('a storage in a log shows its name and nothing that lets one in', () => {
  expect(JSON.stringify(newStorage())).toBe('{"name":"BlobsStorage"}')
})

describe('the container', () => {
  test('is made by the first write, also when several come at once, and not by reading or deleting', async () => {
    const storage = newStorage()
    expect(await storage.read(['a'])).toEqual({})
    await storage.delete(['a'])
    expect(service.containers.has(`own-${containers}`)).toBe(false)
    await Promise.all(['a', 'b', 'c'].map((key) => storage.write({ [key]: { key, eTag: 'absent' } })))
    expect(Object.keys(await storage.read(['a', 'b', 'c']))).toEqual(['a', 'b', 'c'])
  })

  test('with a name the service refuses is an error that says so', async () => {
    const storage = new BlobsStorage(service.connectionString, 'No_Such', soon)
    await expect(storage.write({ a: {} })).rejects.toMatchObject({
      code: 'BLOBS_FAILED',
      statusCode: 400,
      serviceCode: 'InvalidResourceName',
    })
  })
})

describe('when the service', () => {
  test.each([
    ['is busy', { status: 503, code: 'ServerBusy', retryAfter: '1' }],
    ['throttles', { status: 429, code: 'TooManyRequests', retryAfter: '0' }],
    ['fails', { status: 500, code: 'InternalError' }],
    ['breaks the connection', 'drop' as const],
    ['fails after the work', 'failAfter' as const],
    ['breaks the connection after the work', 'dropAfter' as const],
  ])('%s, the request is made again', async (_, fault) => {
    const storage = newStorage()
    await storage.write({ a: { value: 1 } })
    const { eTag } = (await storage.read(['a']))['a']
    service.faults.push(fault, fault)
    await storage.write({ a: { value: 2, eTag } })
    service.faults.push(fault)
    expect((await storage.read(['a']))['a']).toMatchObject({ value: 2 })
    service.faults.push(fault)
    await storage.delete(['a'])
    service.faults.push(fault)
    await storage.write({ a: { value: 3, eTag: 'absent' } })
    expect((await storage.read(['a']))['a']).toMatchObject({ value: 3 })
  })

  test('fails after the work and someone else writes then, that write is not overwritten', async () => {
    const storage = newStorage({ ...soon, maxTries: 2 })
    await storage.write({ a: { value: 1 } })
    const { eTag } = (await storage.read(['a']))['a']
    let puts = 0
    service.onlyFor = ({ method }) => {
      // The second try: meanwhile another host has written the very same.
      if (method === 'PUT' && ++puts === 2) {
        const blobs = service.containers.get(`own-${containers}`)
        blobs?.set('a', {
          body: Buffer.from('{"value":2}'),
          contentType: 'x',
          eTag: '"0xFF"',
          modified: new Date(),
          metadata: {},
        })
      }
      return true
    }
    service.faults.push('failAfter')
    await expect(storage.write({ a: { value: 2, eTag } })).rejects.toMatchObject({ code: 'STATE_CONFLICT', key: 'a' })
  })

  test('does not answer, the try ends, and the last one with an error that names the host', async () => {
    const storage = newStorage({ ...soon, maxTries: 2, tryTimeoutMs: 30 })
    service.faults.push('hang', 'hang')
    await expect(storage.read(['a'])).rejects.toMatchObject({
      code: 'BLOBS_UNREACHABLE',
      message: expect.stringContaining(new URL(service.endpoint).host),
    })
  })

  test('stays busy, the error has its status and code', async () => {
    const storage = newStorage({ ...soon, maxTries: 3 })
    const busy = { status: 503, code: 'ServerBusy' }
    service.faults.push(busy, busy, busy)
    await expect(storage.read(['a'])).rejects.toMatchObject({
      code: 'BLOBS_FAILED',
      statusCode: 503,
      serviceCode: 'ServerBusy',
    })
    expect(service.faults).toEqual([])
  })

  test('refuses the key, nothing is tried again and the message has no secret in it', async () => {
    const wrong = Buffer.from('wrong').toString('base64')
    const storage = new BlobsStorage(service.connectionString.replace(service.key, wrong), 'refused', soon)
    service.requests.length = 0
    const refusal = await storage.read(['secret-key']).catch((error: Error) => error)
    expect(refusal).toMatchObject({ code: 'BLOBS_REFUSED', statusCode: 403, serviceCode: 'AuthenticationFailed' })
    expect((refusal as Error).message).not.toMatch(new RegExp(`${wrong}|secret-key`))
    expect(service.requests).toHaveLength(1)
  })
})
