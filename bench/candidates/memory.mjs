import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const SETTLE_MS = 100

/** What is alive after a collection; needs `--expose-gc`. What only timers and closing sockets held has gone by then. */
export async function heapBytes() {
  if (!globalThis.gc) throw new Error('Start the process with --expose-gc.')
  globalThis.gc()
  await sleep(SETTLE_MS)
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

/** Makes {@link peakRssBytes} begin anew; Linux only. */
export function resetPeakRss() {
  writeFileSync('/proc/self/clear_refs', '5')
  return process.memoryUsage.rss()
}

/** The most memory this process had since {@link resetPeakRss}. */
export function peakRssBytes() {
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}
