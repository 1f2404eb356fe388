import { runLayers } from './layers.ts'
import type { Layer } from './layers.ts'

const tick = (): Promise<void> => new Promise(setImmediate)

const wait: Layer<string> = async (_context, next) => {
  await next()
}

/** Runs the layers around something that notes itself, and returns what was noted. */
async function run(...layers: Layer<string>[]): Promise<string[]> {
  const log: string[] = []
  await runLayers(layers, 'context', async () => {
    await tick()
    log.push('inside')
  })
  log.push('end')
  return log
}

describe('runLayers', () => {
  test.each<[string, Layer<string>[], string[]]>([
    ['no layers run what is inside', [], ['inside', 'end']],
    ['layers that wait run what is inside', [wait, wait], ['inside', 'end']],
    ['what a layer starts and forgets is waited for', [(_context, next) => void next()], ['inside', 'end']],
    ['also by the layers around it', [wait, (_context, next) => void next()], ['inside', 'end']],
    ['a layer that does not call next() ends the run', [wait, () => {}], ['end']],
    [
      'a layer that calls next() twice runs what is inside twice',
      [
        async (_context, next) => {
          await next()
          await next()
        },
      ],
      ['inside', 'inside', 'end'],
    ],
  ])('%s', async (_, layers, expected) => {
    await expect(run(...layers)).resolves.toEqual(expected)
  })

  test.each<[string, Layer<string>[], unknown]>([
    ['no layers', [], 'inside'],
    ['a layer that returns next()', [(_context, next) => next()], 'inside'],
    ['a layer that returns something', [() => 5], 5],
    ['a layer that returns nothing', [wait], undefined],
  ])('returns what the outermost returns: %s', async (_, layers, expected) => {
    await expect(runLayers(layers, 'context', () => 'inside')).resolves.toBe(expected)
  })

  const failing = (): Promise<never> => Promise.reject(new Error('inside failed'))

  test.each<[string, Layer<string>]>([
    ['waits', wait],
    ['returns next()', (_context, next) => next()],
    ['forgets', (_context, next) => void next()],
    [
      'forgets and goes on for a while',
      async (_context, next) => {
        void next()
        await tick()
        await tick()
      },
    ],
  ])('a failure inside a layer that %s reaches the caller', async (_, layer) => {
    await expect(runLayers([wait, layer], 'context', failing)).rejects.toThrow('inside failed')
  })

  test.each<[string, Layer<string>]>([
    ['catches it', (_context, next) => next().catch(() => {})],
    ['catches it later', (_context, next) => void next().catch(() => {})],
    [
      'tries',
      async (_context, next) => {
        try {
          await next()
        } catch {
          // Handled.
        }
      },
    ],
  ])('a failure inside a layer that %s does not', async (_, layer) => {
    await expect(runLayers([wait, layer], 'context', failing)).resolves.toBeUndefined()
  })

  test('a layer that throws synchronously rejects', async () => {
    const running = runLayers(
      [
        () => {
          throw new Error('sync')
        },
      ],
      'context',
      () => {},
    )
    await expect(running).rejects.toThrow('sync')
  })
})
