import { UpdateQueue } from './update-queue.ts'

const never = new Promise<never>(() => {})

/** Lets everything run that waits for nothing but its turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

describe('UpdateQueue', () => {
  test('runs work on one key one after the other, in the order it came', async () => {
    const queue = new UpdateQueue(60_000)
    const steps: string[] = []
    const work = (name: string) => async () => {
      steps.push(`${name} begins`)
      await settled()
      steps.push(`${name} ends`)
    }
    await Promise.all([queue.run('key', work('one')), queue.run('key', work('two'))])
    expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  })

  test('does not let work on one key wait for work on another', async () => {
    const queue = new UpdateQueue(5)
    void queue.run('slow', () => never)
    await expect(queue.run('key', async () => 'done')).resolves.toBe('done')
  })

  test('goes on after work that failed, and tells only its caller', async () => {
    const queue = new UpdateQueue(60_000)
    const failing = queue.run('key', () => Promise.reject(new Error('broken')))
    const next = queue.run('key', async () => 'done')
    await expect(failing).rejects.toThrow('broken')
    await expect(next).resolves.toBe('done')
  })

  test('goes on after work that takes longer than a turn, even work that waits for it', async () => {
    const queue = new UpdateQueue(5)
    const outer = queue.run('key', () => queue.run('key', async () => 'done'))
    await expect(outer).resolves.toBe('done')
  })
})
