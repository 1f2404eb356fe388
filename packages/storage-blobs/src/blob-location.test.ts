import { startBlobService } from 'test-support/blob-service'
import type { BlobService } from 'test-support/blob-service'
import { locateContainer } from './blob-location.ts'
import { sharedKey } from './blob-credential.ts'
import { BlobsStorage } from './index.ts'

const key = Buffer.from('key').toString('base64')
const token = { getToken: async () => null }

test.each([
  [
    `DefaultEndpointsProtocol=https;AccountName=acc;AccountKey=${key};EndpointSuffix=core.windows.net`,
    'https://acc.blob.core.windows.net/c',
  ],
  [`AccountName=acc;AccountKey=${key}`, 'https://acc.blob.core.windows.net/c'],
  [
    `DefaultEndpointsProtocol=http;AccountName=acc;AccountKey=${key};EndpointSuffix=core.chinacloudapi.cn;`,
    'http://acc.blob.core.chinacloudapi.cn/c',
  ],
  [`BlobEndpoint=https://b.example/acc/;AccountName=acc;AccountKey=${key}`, 'https://b.example/acc/c'],
  [
    'BlobEndpoint=https://acc.blob.core.windows.net/;SharedAccessSignature=sv=1&sig=a%2Bb',
    'https://acc.blob.core.windows.net/c?sv=1&sig=a%2Bb',
  ],
  ['UseDevelopmentStorage=true', 'http://127.0.0.1:10000/devstoreaccount1/c'],
  ['UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://azurite', 'http://azurite:10000/devstoreaccount1/c'],
])('%s leads to %s', (connectionString, url) => {
  expect(locateContainer(connectionString, 'c').url.href).toBe(url)
})

test('a URL of the container with a credential wins over the connection string', () => {
  const { url, credential } = locateContainer(
    'UseDevelopmentStorage=true',
    'c',
    'https://y.blob.core.windows.net/d',
    token,
  )
  expect([url.href, credential]).toEqual(['https://y.blob.core.windows.net/d', token])
})

test.each<[string, Parameters<typeof locateContainer>, RegExp]>([
  ['no connection string', [undefined, 'c'], /^connectionString is required/],
  ['no container', ['UseDevelopmentStorage=true', ''], /^containerName is required/],
  ['a connection string of something else', ['foo', 'bar'], /neither an AccountName nor a BlobEndpoint/],
  ['an account without a key', ['AccountName=a', 'c'], /neither AccountName and AccountKey nor/],
  ['an endpoint that is no URL', ['BlobEndpoint=x;AccountName=a;AccountKey=a', 'c'], /BlobEndpoint is not a URL/],
  ['an address of a container that is no URL', ['', '', 'container', token], /blobServiceUri is not a URL/],
  ['a credential of no kind', ['', '', 'https://x.example/c', {} as never], /^Invalid credential type\./],
  ['a token over plain http', ['', '', 'http://x.example/c', token], /only be sent over https/],
])('%s is refused at once', (_, parameters, message) => {
  expect(() => locateContainer(...parameters)).toThrow(
    expect.objectContaining({ code: 'BLOBS_OPTION', message: expect.stringMatching(message) }),
  )
})

test('no secret is in the message of a refusal', () => {
  expect(() => locateContainer('AccountKey=secret', 'c')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('secret') }),
  )
})

describe('who asks is proven', () => {
  let service: BlobService

  beforeAll(async () => {
    service = await startBlobService()
  })

  afterAll(() => service.close())

  async function roundTrip(storage: BlobsStorage): Promise<unknown> {
    await storage.write({ 'a b/ü?#%+&': { value: 1 } })
    return (await storage.read(['a b/ü?#%+&']))['a b/ü?#%+&']?.value
  }

  test('by a shared access signature in the connection string', async () => {
    const connectionString = `BlobEndpoint=${service.endpoint};SharedAccessSignature=${service.sign('rwdlc')}`
    expect(await roundTrip(new BlobsStorage(connectionString, 'signed'))).toBe(1)
  })

  test('by a shared access signature in the URL, and what it does not permit is refused', async () => {
    const storage = (permissions: string): BlobsStorage =>
      new BlobsStorage('', '', {}, `${service.endpoint}/signed?${service.sign(permissions)}`, { create: () => {} })
    expect(await roundTrip(storage('rwc'))).toBe(1)
    await expect(storage('r').write({ a: {} })).rejects.toMatchObject({
      code: 'BLOBS_REFUSED',
      serviceCode: 'AuthorizationPermissionMismatch',
    })
  })

  test('by a key given as a credential', async () => {
    const credential = sharedKey(service.account, service.key)
    expect(await roundTrip(new BlobsStorage('', '', {}, `${service.endpoint}/keyed`, credential))).toBe(1)
  })

  test('by a token, which is asked for once, and again when it ends or is withdrawn', async () => {
    const scopes: unknown[] = []
    let lifetimeMs = 3_600_000
    const credential = {
      getToken: async (scope: string | string[]) => {
        scopes.push(scope)
        const value = `token${scopes.length}`
        service.tokens.add(value)
        return { token: value, expiresOnTimestamp: Date.now() + lifetimeMs }
      },
    }
    const storage = new BlobsStorage('', '', {}, `${service.endpoint}/tokens`, credential)
    expect(await roundTrip(storage)).toBe(1)
    expect(scopes).toEqual(['https://storage.azure.com/.default'])
    service.tokens.clear()
    lifetimeMs = 60_000
    await storage.read(['a'])
    expect(scopes).toHaveLength(2)
    await storage.read(['a'])
    expect(scopes).toHaveLength(3)
  })

  test('and a credential that gives no token is an error that says so', async () => {
    const storage = new BlobsStorage('', '', { retryDelayMs: 1 }, `${service.endpoint}/tokens`, token)
    await expect(storage.read(['a'])).rejects.toMatchObject({ code: 'BLOBS_REFUSED' })
  })
})
