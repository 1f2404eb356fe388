import { Session } from 'node:inspector/promises'

/** The CPU profiler of this process, so that a profile holds a measured window and not the start-up. */
export function createProfiler() {
  const session = new Session()
  return {
    async start() {
      session.connect()
      await session.post('Profiler.enable')
      await session.post('Profiler.setSamplingInterval', { interval: 200 })
      await session.post('Profiler.start')
    },
    async stop() {
      const { profile } = await session.post('Profiler.stop')
      session.disconnect()
      return profile
    },
  }
}
