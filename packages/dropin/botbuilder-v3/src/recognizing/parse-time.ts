/** A time in a text. */
export interface FoundTime {
  readonly text: string
  /** Where it begins. */
  readonly index: number
  readonly start: Date
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
const DAY = '(sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?)'
const UNITS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
}
const UNIT = '(second|minute|hour|day|week)s?'

/** A part of a text that says a day: which one, relative to another. */
interface DayForm {
  readonly expression: RegExp
  readonly day: (match: readonly string[], ref: Date) => Date | undefined
}

const DAY_FORMS: readonly DayForm[] = [
  { expression: /\b(\d{4})-(\d{1,2})-(\d{1,2})(?=\b|T)/i, day: ([, y, m, d]) => dayOf(y, m, d) },
  { expression: /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/, day: ([, m, d, y]) => dayOf(y, m, d) },
  {
    expression: /\b(\d{1,2})\/(\d{1,2})\b/,
    day: ([, m, d], ref) => dayOf(String(ref.getFullYear()), m, d),
  },
  {
    expression: new RegExp(`\\b${MONTH}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?\\b`, 'i'),
    day: ([, m = '', d, y], ref) => dayOf(y ?? String(ref.getFullYear()), monthOf(m), d),
  },
  {
    expression: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\.?(?:,?\\s+(\\d{4}))?\\b`, 'i'),
    day: ([, d, m = '', y], ref) => dayOf(y ?? String(ref.getFullYear()), monthOf(m), d),
  },
  { expression: /\btoday\b/i, day: (_match, ref) => shifted(ref, 0) },
  { expression: /\btomorrow\b/i, day: (_match, ref) => shifted(ref, 1) },
  { expression: /\byesterday\b/i, day: (_match, ref) => shifted(ref, -1) },
  {
    expression: new RegExp(`\\b(?:(next|last|this|on)\\s+)?${DAY}\\b`, 'i'),
    day: ([, which = '', name = ''], ref) => weekday(which.toLowerCase(), name, ref),
  },
]

/** Behind or before a day, or alone. */
const CLOCK =
  /(?:\b(?:at\s+)?|T)(?:(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap])?\.?m?\.?\s*(Z|[+-]\d\d:?\d\d)?|(\d{1,2})\s*([ap])\.?m\b\.?|(noon|midnight)\b)/i
const BARE_HOUR = /^\s*at\s+(\d{1,2})\b/i

const SPAN_AHEAD = new RegExp(`\\bin\\s+(an?|\\d+)\\s+${UNIT}\\b`, 'i')
const SPAN_AGO = new RegExp(`\\b(an?|\\d+)\\s+${UNIT}\\s+ago\\b`, 'i')

/** The first time in an English text, in the time zone of the host. A day without a time is its noon. */
export function parseTimeText(text: string, ref: Date): FoundTime | undefined {
  return findSpan(text, ref) ?? findDay(text, ref) ?? findClock(text, ref)
}

function findSpan(text: string, ref: Date): FoundTime | undefined {
  for (const [expression, sign] of [[SPAN_AHEAD, 1] as const, [SPAN_AGO, -1] as const]) {
    const match = expression.exec(text)
    if (!match) continue
    const [whole, count = '', unit = ''] = match
    const many = /^an?$/i.test(count) ? 1 : Number(count)
    const start = new Date(ref.getTime() + sign * many * (UNITS[unit.toLowerCase()] ?? 0))
    return { text: whole, index: match.index, start }
  }
  return undefined
}

function findDay(text: string, ref: Date): FoundTime | undefined {
  for (const { expression, day } of DAY_FORMS) {
    const match = expression.exec(text)
    const start = match && day([...match], ref)
    if (match && start) return withClock(text, { text: match[0], index: match.index, start })
  }
  return undefined
}

/** The time of day that follows a day, or goes before it. */
function withClock(text: string, found: FoundTime): FoundTime {
  const end = found.index + found.text.length
  const rest = text.slice(end)
  const behind = CLOCK.exec(rest)
  if (behind && /^[\s,]*$/.test(rest.slice(0, behind.index))) {
    const length = behind.index + behind[0].trimEnd().length
    return { ...found, text: text.slice(found.index, end + length), start: at(found.start, behind) }
  }
  const hour = BARE_HOUR.exec(rest)
  if (hour) {
    const start = new Date(found.start)
    start.setHours(Number(hour[1]), 0, 0, 0)
    return { ...found, text: text.slice(found.index, end + hour[0].length), start }
  }
  const ahead = CLOCK.exec(text.slice(0, found.index))
  if (!ahead) return found
  return { text: text.slice(ahead.index, end).trim(), index: ahead.index, start: at(found.start, ahead) }
}

function findClock(text: string, ref: Date): FoundTime | undefined {
  const match = CLOCK.exec(text)
  return match ? { text: match[0].trim(), index: match.index, start: at(ref, match) } : undefined
}

function at(day: Date, match: readonly (string | undefined)[]): Date {
  const [, hours, minutes = '0', seconds = '0', half, zone, shortHours, shortHalf, name] = match
  const start = new Date(day)
  if (name) start.setHours(name.toLowerCase() === 'noon' ? 12 : 0, 0, 0, 0)
  else start.setHours(hourOf(Number(hours ?? shortHours), half ?? shortHalf), Number(minutes), Number(seconds), 0)
  return zone ? inZone(start, zone) : start
}

function hourOf(hours: number, half: string | undefined): number {
  if (!half) return hours
  return (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

/** The same time of day, in another zone than the host's. */
function inZone(start: Date, zone: string): Date {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  const [y, m, d] = [start.getFullYear(), start.getMonth(), start.getDate()]
  return new Date(Date.UTC(y, m, d, start.getHours(), start.getMinutes() - offset, start.getSeconds()))
}

function dayOf(year: string | undefined, month: string | undefined, day: string | undefined): Date | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const found = new Date(y, m - 1, d, 12)
  return found.getMonth() === m - 1 && found.getDate() === d ? found : undefined
}

function monthOf(name: string): string {
  return String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1)
}

function shifted(ref: Date, days: number): Date {
  return new Date(ref.getFullYear(), ref.getMonth(), ref.getDate() + days, 12)
}

/** The nearest day of that name; of the week after or before with `next` or `last`. */
function weekday(which: string, name: string, ref: Date): Date {
  const wanted = DAYS.indexOf(name.slice(0, 3).toLowerCase())
  const ahead = wanted - ref.getDay()
  if (which === 'next') return shifted(ref, ahead + 7)
  if (which === 'last') return shifted(ref, ahead >= 0 ? ahead - 7 : ahead)
  const nearest = ahead > 3 ? ahead - 7 : ahead < -3 ? ahead + 7 : ahead
  return shifted(ref, which === '' ? nearest : ahead)
}
