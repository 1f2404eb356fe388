import { BrowserLocalStorage, BrowserSessionStorage } from './browser-storage.ts'
import { MemoryStorage } from './memory-storage.ts'

describe('MemoryStorage', () => {
  test.each<[string, (storage: MemoryStorage) => Promise<unknown>, string]>([
    ['reading null', (storage) => storage.read(null as never), 'Keys are required when reading.'],
    ['reading nothing', (storage) => storage.read(undefined as never), 'Keys are required when reading.'],
    ['writing null', (storage) => storage.write(null as never), 'Changes are required when writing.'],
    ['writing nothing', (storage) => storage.write(undefined as never), 'Changes are required when writing.'],
  ])('%s rejects', async (_, call, message) => {
    await expect(call(new MemoryStorage())).rejects.toThrow(new ReferenceError(message))
  })

  test.each<[string, (storage: MemoryStorage) => Promise<unknown>]>([
    ['reading []', (storage) => storage.read([])],
    ['writing {}', (storage) => storage.write({})],
    ['writing []', (storage) => storage.write([] as never)],
    ['deleting an unknown key', (storage) => storage.delete(['unknown'])],
    ['reading an unknown key', (storage) => storage.read(['unknown'])],
  ])('%s is fine', async (_, call) => {
    expect((await call(new MemoryStorage())) ?? {}).toEqual({})
  })

  test('keeps JSON texts in the object it is given, and reads those it finds there', async () => {
    const memory: { [key: string]: string } = { seeded: '{"color":"red","eTag":"7"}' }
    const storage = new MemoryStorage(memory)
    await expect(storage.read(['seeded'])).resolves.toEqual({ seeded: { color: 'red', eTag: '7' } })
    await storage.write({ 'any/key ü': { size: 1 } })
    expect(memory['any/key ü']).toBe('{"size":1,"eTag":"1"}')
    await storage.delete(['seeded'])
    expect(memory['seeded']).toBeUndefined()
  })

  test.each([undefined, null, '', '*', '1'])(
    'an item read with eTag 1 is replaced when written with %p',
    async (eTag) => {
      const storage = new MemoryStorage()
      await storage.write({ key: { value: 'old' } })
      await storage.write({ key: { value: 'new', eTag } })
      await expect(storage.read(['key'])).resolves.toEqual({ key: { value: 'new', eTag: '2' } })
    },
  )

  test.each(['0', 'other'])('an item read with eTag 1 is refused when written with %p', async (eTag) => {
    const storage = new MemoryStorage()
    await storage.write({ key: { value: 'old' } })
    const message = 'Storage: error writing "key" due to eTag conflict.'
    await expect(storage.write({ key: { value: 'new', eTag } })).rejects.toMatchObject({ name: 'Error', message })
    await expect(storage.read(['key'])).resolves.toEqual({ key: { value: 'old', eTag: '1' } })
  })

  test('a new item is created whatever its eTag', async () => {
    const storage = new MemoryStorage()
    await storage.write({ key: { eTag: 'any' } })
    await expect(storage.read(['key'])).resolves.toEqual({ key: { eTag: '1' } })
  })

  test('takes what JSON makes of a value', async () => {
    const memory: { [key: string]: string } = {}
    await new MemoryStorage(memory).write({ key: { map: new Map([[1, 2]]), at: new Date(0), run() {} } })
    expect(memory['key']).toBe('{"map":{},"at":"1970-01-01T00:00:00.000Z","eTag":"1"}')
  })

  test('refuses a circle', async () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    await expect(new MemoryStorage().write({ circle })).rejects.toThrow(TypeError)
  })
})

test.each([
  ['localStorage', BrowserLocalStorage],
  ['sessionStorage', BrowserSessionStorage],
] as const)('the items of a browser are in %s', async (name, BrowserStorage) => {
  const items: { [key: string]: string } = {}
  Object.defineProperty(globalThis, name, { value: items, configurable: true })
  try {
    await new BrowserStorage().write({ key: { value: 1 } })
    expect(items).toEqual({ key: '{"value":1,"eTag":"1"}' })
  } finally {
    Reflect.deleteProperty(globalThis, name)
  }
})
