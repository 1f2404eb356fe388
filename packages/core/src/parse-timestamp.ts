/** The form channels send, which every engine reads. Days after the 28th need a closer look. */
const USUAL = /^\d{4}-\d\d-(?:[01]\d|2[0-8])T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/
/** Other forms of ISO 8601 seen: no seconds, no offset, a short offset, a blank or small letters, no time at all. */
const UNUSUAL = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:[Zz]|([+-]\d\d)(?::?(\d\d))?)?)?$/

/**
 * Reads a timestamp: ISO 8601 with any number of fractional digits, with `Z`, an offset or neither. Without an offset the time
 * is taken as UTC, so that the result does not depend on where the bot runs.
 *
 * @returns The instant, cut to milliseconds; `undefined` when the text is not a date.
 */
export function parseTimestamp(text: string): Date | undefined {
  const usual = USUAL.test(text) ? text : rewrite(text)
  if (usual === undefined) return undefined
  const date = new Date(usual)
  return Number.isNaN(date.getTime()) ? undefined : date
}

function rewrite(text: string): string | undefined {
  const match = UNUSUAL.exec(text)
  if (!match) return undefined
  const [, year, month, day, time = '00:00', hours, minutes = '00'] = match
  // Engines let 31 February pass as 2 March.
  if (Number(day) > daysInMonth(Number(year), Number(month))) return undefined
  return `${year}-${month}-${day}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`
}

function daysInMonth(year: number, month: number): number {
  // Day 0 of the next month; 400 years on, where the calendar is the same, because years below 100 are read as 19xx.
  return new Date(Date.UTC(year + 400, month, 0)).getUTCDate()
}
