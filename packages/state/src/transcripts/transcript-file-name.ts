/** Ticks of 100 ns at 1970, counted from the year 1. */
const TICKS_AT_1970 = 621_355_968_000_000_000
const TICKS_PER_MS = 10_000

const MAX_LENGTH = 100
// oxlint-disable-next-line no-control-regex -- file names must not have them
const RESERVED = /[<>:"/\\|?*\u0000-\u001F]+/g
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** An id as the name of a file or folder, the way SDK v4 wrote it: several ids may have one name. */
export function safeName(id: string): string {
  const name = id.replace(RESERVED, '!').replace(/^\.+$/, '!')
  const trimmed = name.slice(0, name.length - trailingPeriods(name))
  return (WINDOWS_DEVICE.test(trimmed) ? `${trimmed}!` : trimmed).slice(0, MAX_LENGTH)
}

/** `<ticks in hexadecimal>-<id>.json`. Names sort by time, which is exact to 12.8 µs: v4 counted ticks in a double. */
export function transcriptFileName(at: Date, id: string): string {
  return `${ticks(at)}-${safeName(id)}.json`
}

/** When the activity in such a file was said, in milliseconds since 1970. */
export function timeOfFile(fileName: string): number {
  return Math.round((Number.parseInt(fileName.slice(0, fileName.indexOf('-')), 16) - TICKS_AT_1970) / TICKS_PER_MS)
}

function ticks(at: Date): string {
  return (at.getTime() * TICKS_PER_MS + TICKS_AT_1970).toString(16)
}

function trailingPeriods(name: string): number {
  let count = 0
  while (name.at(-1 - count) === '.') count++
  return count
}
