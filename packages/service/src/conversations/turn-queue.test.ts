import { TurnQueue } from './turn-queue.ts'

test('work under one key runs in order, one at a time, also after work that failed', async () => {
  const queue = new TurnQueue()
  const log: string[] = []
  const work =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      log.push(`${name} begins`)
      await Promise.resolve()
      log.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    }
  const first = queue.run('a', work('1', true))
  const second = queue.run('a', work('2'))
  const other = queue.run('b', work('3'))
  await expect(first).rejects.toThrow('1')
  expect(await Promise.all([second, other])).toEqual(['2', '3'])
  expect(log.filter((entry) => !entry.startsWith('3'))).toEqual(['1 begins', '1 ends', '2 begins', '2 ends'])
  expect(log.indexOf('3 begins')).toBeLessThan(log.indexOf('2 begins'))
})

test('it knows how much has not settled, and forgets what has', async () => {
  const queue = new TurnQueue()
  let finish = (): void => {}
  const first = queue.run('a', async () => new Promise<void>((resolve) => (finish = resolve)))
  const second = queue.run('a', async () => Promise.reject(new Error('no')))
  expect([queue.waiting('a'), queue.waiting('b')]).toEqual([2, 0])
  await Promise.resolve()
  finish()
  await first
  await expect(second).rejects.toThrow('no')
  expect(queue.waiting('a')).toBe(0)
})
