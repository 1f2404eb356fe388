/** Runs one candidate: `bot-process.mjs botbuilder`. The CPU it reports is that of the whole process, collector included. */
import { answer } from '../process/answer.mjs'
import { createProfiler } from './profiler.mjs'

const { start } = await import(`./${process.argv[2]}.mjs`)
const profiler = createProfiler()

answer({
  start: async (world) => ({ port: await start(world) }),
  usage: () => ({ cpu: process.cpuUsage(), rssBytes: process.memoryUsage.rss(), node: process.version }),
  startProfile: () => profiler.start(),
  stopProfile: () => profiler.stop(),
})
