/**
 * Increments one counter of a storage, with several writers at a time that each have a storage of their own.
 *
 * node increments.mjs <folder> <writers> <times>
 */
import { FileStorage } from '@parley/state'

const [folder = '', writers, times] = process.argv.slice(2)

await Promise.all(Array.from({ length: Number(writers) }, () => increment(new FileStorage(folder))))

/** @param {FileStorage} storage */
async function increment(storage) {
  for (let done = 0; done < Number(times);) {
    const { count, eTag } = (await storage.read(['counter']))['counter'] ?? { count: 0, eTag: 'absent' }
    try {
      await storage.write({ counter: { count: count + 1, eTag } })
      done++
    } catch (error) {
      if (/** @type {{ code?: unknown }} */ (error).code !== 'STATE_CONFLICT') throw error
    }
  }
}
