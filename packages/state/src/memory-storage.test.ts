import { storageConformance } from '@parley/testing'
import { MemoryStorage } from './memory-storage.ts'

storageConformance('MemoryStorage', () => new MemoryStorage())

describe('MemoryStorage', () => {
  test('reads JSON texts that were there before', async () => {
    const storage = new MemoryStorage({ key: '{"value":1,"eTag":"7"}', bare: '{"value":2}' })
    await expect(storage.read(['key', 'bare'])).resolves.toEqual({ key: { value: 1, eTag: '7' }, bare: { value: 2 } })
  })

  test('keeps items as JSON texts in the object it is given', async () => {
    const memory: { [key: string]: string } = {}
    await new MemoryStorage(memory).write({ key: { value: 1 } })
    expect(memory).toEqual({ key: '{"value":1,"eTag":"1"}' })
    await expect(new MemoryStorage(memory).read(['key'])).resolves.toEqual({ key: { value: 1, eTag: '1' } })
  })

  test('gives every write the next number as eTag', async () => {
    const storage = new MemoryStorage()
    await storage.write({ a: {}, b: {} })
    await storage.write({ a: {} })
    await expect(storage.read(['a', 'b'])).resolves.toEqual({ a: { eTag: '3' }, b: { eTag: '2' } })
  })

  test('two storages over one object never give an item the same eTag twice', async () => {
    const memory = {}
    const [one, other] = [new MemoryStorage(memory), new MemoryStorage(memory)]
    const eTags: unknown[] = []
    for (const storage of [one, other, other, one]) {
      await storage.write({ key: {} })
      eTags.push((await one.read(['key']))['key'].eTag)
    }
    expect(new Set(eTags).size).toBe(4)
  })

  test('refuses an eTag when what is stored has none', async () => {
    const storage = new MemoryStorage({ key: '{"value":1}' })
    await expect(storage.write({ key: { value: 2, eTag: '1' } })).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
      key: 'key',
    })
  })

  test.each<[string, unknown]>([
    ['null', null],
    ['a text', 'value'],
    ['a list', []],
  ])('refuses to write %s in place of an item', async (_, item) => {
    await expect(new MemoryStorage().write({ key: item })).rejects.toMatchObject({ code: 'STATE_ARGUMENT' })
  })

  test('a subclass can reach what is stored', async () => {
    class Counting extends MemoryStorage {
      get size(): number {
        return Object.keys(this.memory).length
      }
    }
    const storage = new Counting()
    await storage.write({ a: {}, b: {} })
    expect(storage.size).toBe(2)
  })
})
