/** Runs one candidate: `bot-process.mjs botbuilder`. The CPU it reports is that of the whole process, collector included. */
import { answer } from '../process/answer.mjs'
import * as memory from './memory.mjs'
import { createProfiler } from './profiler.mjs'

const { start } = await import(`./${process.argv[2]}.mjs`)
const profiler = createProfiler()

answer({
  start: async (world) => ({ port: await start(world) }),
  usage: () => ({ cpu: process.cpuUsage(), rssBytes: process.memoryUsage.rss(), node: process.version }),
  heapBytes: () => memory.heapBytes(),
  resetPeakRss: () => memory.resetPeakRss(),
  peakRssBytes: () => memory.peakRssBytes(),
  startProfile: () => profiler.start(),
  stopProfile: () => profiler.stop(),
})
