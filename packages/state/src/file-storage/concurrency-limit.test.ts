import { ConcurrencyLimit } from './concurrency-limit.ts'

/** Tasks that end when they are told. */
function tasks(limit: ConcurrencyLimit, count: number): { running: number[]; end: ((error?: Error) => void)[] } {
  const state = { running: [] as number[], end: [] as ((error?: Error) => void)[] }
  for (let index = 0; index < count; index++) {
    const task = (): Promise<void> => {
      state.running.push(index)
      return new Promise((resolve, reject) => (state.end[index] = (error) => (error ? reject(error) : resolve())))
    }
    limit.run(task).catch(() => {})
  }
  return state
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('ConcurrencyLimit', () => {
  test('lets so many run, and the next in order when one has ended or failed', async () => {
    const { running, end } = tasks(new ConcurrencyLimit(2), 5)
    expect(running).toEqual([0, 1])
    end[1]?.()
    await settled()
    expect(running).toEqual([0, 1, 2])
    end[0]?.(new Error('broken'))
    await settled()
    expect(running).toEqual([0, 1, 2, 3])
  })

  test('lets as many run again when all have ended', async () => {
    const limit = new ConcurrencyLimit(1)
    await expect(limit.run(async () => 'one')).resolves.toBe('one')
    await expect(limit.run(() => Promise.reject(new Error('two')))).rejects.toThrow('two')
    await expect(limit.run(async () => 'three')).resolves.toBe('three')
  })
})
